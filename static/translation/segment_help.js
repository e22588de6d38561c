/** In the editor of a translation: puts what was approved before into the field. */
const form = document.querySelector("[data-segments]");
const said = document.querySelector("[data-segments-said]");

const fieldBeside = (element) => element.closest(".segment").querySelector("textarea");

/** Types `words` in the place of everything in `field`; the browser can undo it. */
function replaceAll(field, words) {
  field.focus();
  field.select();
  document.execCommand("insertText", false, words);
  said.textContent = said.dataset.taken;
}

form.addEventListener("click", ({ target }) => {
  const suggestion = target.closest("[data-segment-take]");
  if (suggestion) replaceAll(fieldBeside(suggestion), suggestion.dataset.segmentTake);
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.altKey || !event.target.matches(".segment textarea")) return;
  const first = event.target.closest(".segment").querySelector("[data-segment-take]");
  if (!first) return;
  event.preventDefault();
  replaceAll(event.target, first.dataset.segmentTake);
});
