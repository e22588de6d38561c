/** In the editor of a translation: takes over agreed words and what was approved before, shows notices. */
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

/** Types the agreed word where the cursor stands in the field beside it, or in the place of what is chosen there. */
function insertTerm(term) {
  const field = fieldBeside(term);
  const { selectionStart: start, value } = field;
  const needsSpace = start > 0 && !/[\s(„“"'>-]$/.test(value.slice(0, start));
  field.focus();
  document.execCommand("insertText", false, (needsSpace ? " " : "") + term.dataset.segmentTerm);
}

form.addEventListener("click", ({ target }) => {
  const term = target.closest("[data-segment-term]");
  if (term) insertTerm(term);
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

// --- Agreed words: each becomes a button, unless nobody may write now ---

if (!form.querySelector("textarea[readonly]")) {
  for (const term of form.querySelectorAll(".segment__original .source-panel__term")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${term.className} segment__term`;
    button.lang = term.lang;
    button.textContent = term.textContent;
    button.title = form.dataset.insert;
    button.dataset.segmentTerm = term.textContent.replace(/ \([^)]*:[^)]*\)/, ""); // a remark for the reader
    term.replaceWith(button);
  }
}

// --- Notices ---

/** The server remembers that nothing is wrong there; the focus goes on to the field. */
async function dismiss(button) {
  const { notice } = button.dataset;
  const field = fieldBeside(button);
  const body = new FormData();
  body.set("notice", notice);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.noticesUrl, { method: "POST", body });
    if (answer.status !== 200) throw new Error(answer.status);
    const putAway = document.querySelector("[data-dismissed]");
    putAway.querySelector("p").outerHTML = await answer.text();
    putAway.hidden = false;
    // Saving may have shown the notices anew meanwhile.
    form.querySelector(`[data-notice="${notice}"]`)?.closest("li").remove();
    field.focus();
    said.textContent = said.dataset.putAway;
  } catch {
    said.textContent = said.dataset.failed;
  }
}

const named = (html) => Array.from(html.matchAll(/data-notice="(\w+)"/g), (found) => found[1]).join();

form.addEventListener("segments-saved", ({ detail }) => {
  for (const place of form.querySelectorAll("[data-notices]")) {
    const html = detail.rows[place.dataset.notices]?.notices ?? "";
    // What is there already stays: a screen reader would read it again.
    if (named(html) !== named(place.innerHTML)) place.innerHTML = html;
  }
});
