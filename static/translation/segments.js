/** Shows only the pieces that wait, saves while somebody writes, and puts links and emphasis around words. */
const form = document.querySelector("[data-segments]");
const choice = form.querySelector("[data-segments-switch]");

const box = choice.querySelector("input");
const narrow = () => form.toggleAttribute("data-only-waiting", box.checked);

choice.hidden = !form.querySelector(".segment--ready");
box.addEventListener("change", narrow);
narrow();

// --- Saving: quietly, a moment after the last key ---

const PAUSE = 1500;
const note = form.querySelector("[data-segments-saved]");
let typed = false;
let sending = false;
let timer;
let own = "";

async function save() {
  if (sending || !typed) return;
  sending = true;
  typed = false;
  note.textContent = note.dataset.saving;
  let failure = note.dataset.failed;
  try {
    const body = new FormData(form);
    body.set("overwrite", own);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (said.revision) {
      own = String(said.revision);
      form.elements.revision.value = own;
      failure = "";
      form.dispatchEvent(new CustomEvent("segments-saved", { detail: said }));
      note.textContent = `${note.dataset.saved} ${said.at}`;
    } else failure = `${note.dataset.failed} ${said.problem ?? said.error_message}`;
  } catch {
    // no network, or an answer that is no JSON: somebody has to log in
  }
  sending = false;
  note.classList.toggle("segments__saved--not", failure !== "");
  if (failure) {
    note.textContent = failure;
    typed = true;
  } else if (typed) saveSoon();
}

function saveSoon() {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

form.addEventListener("input", (event) => {
  if (!event.target.name || event.target.name === "submission_note") return;
  typed = true;
  if (note) saveSoon();
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  typed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});

// --- Links and emphasis: a button for each that the original has ---

const PAIR = /<(\w+)(?: id="\w+")?>/g;
const count = (text, words) => text.split(words).length - 1;

/** Puts `open` and its end around the chosen words, or where the cursor stands; the browser can undo it. */
function wrap(field, open, close) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  field.focus();
  document.execCommand("insertText", false, open + value.slice(start, end) + close);
  if (start === end) field.setSelectionRange(start + open.length, start + open.length);
}

function offerTags(place) {
  const field = place.closest(".segment").querySelector("textarea");
  const source = place.dataset.segmentTags;
  const buttons = new Map();
  for (const [open, tag] of source.matchAll(PAIR)) {
    if (tag === "br" || buttons.has(open)) continue;
    const close = `</${tag}>`;
    const words = source.split(open)[1].split(close)[0].replace(/<[^>]*>/g, "");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = `${tag === "a" ? place.dataset.link : place.dataset.emphasis}: ${words}`;
    button.addEventListener("click", () => wrap(field, open, close));
    buttons.set(open, button);
  }
  const refresh = () => {
    for (const [open, button] of buttons) button.disabled = count(field.value, open) >= count(source, open);
  };
  place.append(...buttons.values());
  field.addEventListener("input", refresh);
  refresh();
}

if (!form.querySelector("textarea[readonly]")) form.querySelectorAll("[data-segment-tags]").forEach(offerTags);
