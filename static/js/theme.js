// Day or evening: the system decides until the reader does. Blocking and first in <head>, so that
// no page flashes in the wrong theme. Without this script the toggle stays hidden.
(() => {
  const root = document.documentElement;
  const KEY = "theme";
  const night = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden: then the choice lasts for this page
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // see above
    }
  };

  const saved = remembered();
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;

  const current = () => root.dataset.theme || (night.matches ? "dark" : "light");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const words = button.querySelector("span");
    const label = () => {
      words.textContent = current() === "dark" ? button.dataset.labelLight : button.dataset.labelDark;
    };
    button.addEventListener("click", () => {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      remember(root.dataset.theme);
      label();
    });
    night.addEventListener("change", label);
    label();
    button.hidden = false;
  });
})();
