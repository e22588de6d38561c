/** In the editor of a translation: takes over what was approved before, shows notices anew, and puts them away. */
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
  const notice = target.closest("[data-notice]");
  if (notice) dismiss(notice);
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.altKey || !event.target.matches(".segment textarea")) return;
  const first = event.target.closest(".segment").querySelector("[data-segment-take]");
  if (!first) return;
  event.preventDefault();
  replaceAll(event.target, first.dataset.segmentTake);
});

// --- Notices ---

/** The server remembers that nothing is wrong there; the focus goes on to the field. */
async function dismiss(button) {
  const body = new FormData();
  body.set("notice", button.dataset.notice);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  button.disabled = true;
  try {
    const answer = await fetch(form.dataset.noticesUrl, { method: "POST", body });
    if (answer.status !== 204) throw new Error(answer.status);
    fieldBeside(button).focus();
    button.closest("li").remove();
    said.textContent = said.dataset.dismissed;
  } catch {
    button.disabled = false;
    said.textContent = said.dataset.failed;
  }
}

form.addEventListener("segments-saved", ({ detail }) => {
  for (const place of form.querySelectorAll("[data-notices]")) {
    const html = (detail.notices?.[place.dataset.notices] ?? "").trim();
    // What is there already stays: a screen reader would read it again.
    if (html !== (place.dataset.shown ?? place.innerHTML.trim())) place.innerHTML = html;
    place.dataset.shown = html;
  }
});
