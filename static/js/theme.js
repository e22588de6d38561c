// Day or evening: the system decides until the reader does. Blocking and first in <head>, so that
// no page flashes in the wrong theme. The stylesheet shows the toggle, and which of its two labels
// fits, only where this script has marked the page.
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

  root.dataset.script = "";
  const saved = remembered();
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const current = root.dataset.theme || (night.matches ? "dark" : "light");
    root.dataset.theme = current === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
  });
})();
