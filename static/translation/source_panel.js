/* The original beside the form of its translation: it follows the block in which somebody writes. */

function pathOf(element) {
  const names = [];
  for (let part = element.closest("[data-contentpath]"); part; part = part.parentElement?.closest("[data-contentpath]")) {
    names.unshift(part.dataset.contentpath);
  }
  return names.join(".");
}

function showWords(panel, path) {
  const pieces = [...panel.querySelectorAll("[data-place]")];
  const mine = pieces.filter((piece) => piece.dataset.place === path || path.startsWith(`${piece.dataset.place}.`));
  if (!mine.length) return;
  for (const piece of pieces) piece.classList.toggle("source-panel__segment--here", mine.includes(piece));
  if (panel.closest("[data-side-panel]")?.hidden) return;
  mine[0].scrollIntoView({ block: "nearest" });
}

function start(panel) {
  let last = -1;
  panel.addEventListener("click", (event) => {
    if (event.target.closest("[data-confirm-and-send]")) {
      panel.querySelector("input[name=says_source_version][type=checkbox]").checked = true;
      document.querySelector("[name=action-submit]").click();
    }
    if (event.target.closest("[data-next-change]")) {
      const changes = panel.querySelectorAll("[data-change]");
      last = (last + 1) % changes.length;
      changes[last].scrollIntoView({ block: "center" });
      const place = changes[last].dataset.place;
      if (place) showWords(panel, place);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.closest("[data-edit-form]") && !panel.contains(event.target)) showWords(panel, pathOf(event.target));
  });
}

/** Opens the panel beside a new translation, unless somebody has closed it there, or it would cover the form. */
function openBesideNew() {
  const panel = document.querySelector("[data-source-panel-open]");
  const toggle = document.querySelector('[data-side-panel-toggle="original"]');
  const key = `original-closed-${panel?.dataset.sourcePanelOpen}`;
  if (!panel || !toggle || window.innerWidth < WIDE || sessionStorage.getItem(key)) return;
  const side = panel.closest("[data-side-panel]");
  if (side.hidden) toggle.click();
  new MutationObserver(() => {
    if (side.hidden) sessionStorage.setItem(key, "1");
  }).observe(side, { attributeFilter: ["hidden"] });
}

const WIDE = 1200;
window.addEventListener("load", openBesideNew); // after Wagtail's script of the panels

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-source-panel], [data-pending-changes]").forEach(start);
});
