/** Shows only the pieces that wait, saves while somebody writes, and puts links and emphasis around words. */
const form = document.querySelector("[data-segments]");
const choice = form.querySelector("[data-segments-switch]");

const box = choice.querySelector("input");

/* What becomes ready while somebody writes goes away at the next choice only: the page stands still under their hands. */
function narrow() {
  for (const row of form.querySelectorAll("[data-ready]")) {
    row.classList.toggle("segment--ready", row.dataset.ready === "true" && !row.querySelector("[data-notice]"));
  }
  form.toggleAttribute("data-only-waiting", box.checked);
}

choice.hidden = !form.querySelector(".segment--ready");
box.addEventListener("change", narrow);
narrow();

// --- Saving: quietly, a moment after the last key ---

const PAUSE = 1500;
const AGAIN = 10_000;
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
  let isLoggedOut = false;
  let isUnreachable = true;
  try {
    const body = new FormData(form);
    body.set("overwrite", own);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    isUnreachable = false;
    if (said.revision) {
      own = String(said.revision);
      form.elements.revision.value = own;
      failure = "";
      show(said, body);
      form.dispatchEvent(new CustomEvent("segments-saved", { detail: said }));
      note.textContent = `${note.dataset.saved} ${said.at}`;
    } else {
      failure = `${note.dataset.failed} ${said.problem ?? said.error_message}`;
      isLoggedOut = Boolean(said.error_code);
      if (isLoggedOut) tell(said);
    }
  } catch {
    // no network, or an answer that is no JSON
  }
  sending = false;
  note.classList.toggle("segments__saved--not", failure !== "");
  if (failure) {
    note.textContent = failure;
    typed = true;
    if (isUnreachable || isLoggedOut) saveSoon(AGAIN);
  } else if (typed) saveSoon();
}

/** In the words of Wagtail's autosave, which `newsroom/session.js` listens to: it lets somebody log in. */
function tell(response) {
  form.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail: { response } }));
}

form.addEventListener("w-unsaved:add", () => save()); // they are logged in again

function saveSoon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

// --- What is to be seen of it, once it is saved ---

const standing = document.querySelector("[data-standing]");
const bar = document.querySelector(".segments__progress");
const squeezed = (html) => html.replace(/\s+/g, " ").trim();

/** `sent`: what was saved; a field that somebody has changed since keeps its words. */
function show(said, sent) {
  // Only what is another one now, or a screen reader would read it again.
  if (squeezed(said.standing) !== standing.dataset.shown) standing.innerHTML = said.standing;
  standing.dataset.shown = squeezed(said.standing);
  bar.value = said.ready;
  for (const [number, row] of Object.entries(said.rows)) showRow(document.querySelector(`#segment-${number}`), row, sent);
  choice.hidden &&= !form.querySelector("[data-ready=true]");
  const left = form.querySelector("[data-left]");
  if (left && !left.querySelector("[data-left-row]")) left.remove();
  if (!form.querySelector("[data-left], .segment--wrong")) document.querySelector(".messages .error")?.remove();
}

function showRow(segment, row, sent) {
  segment.querySelector("[data-mark]").innerHTML = row.mark;
  segment.dataset.ready = row.is_ready;
  for (const label of segment.querySelectorAll("[data-when]")) label.hidden = !row[label.dataset.when];
  const field = segment.querySelector("textarea");
  if (row.address !== undefined && field.value === sent.get(field.name)) field.value = row.address;
  if (!row.is_ready) return;
  segment.classList.remove("segment--wrong");
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  segment.querySelector(".decision__error")?.remove();
  form.querySelector(`[data-left-row="${field.id.replace("words-", "")}"]`)?.remove();
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
