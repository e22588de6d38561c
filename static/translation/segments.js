/** Shows only the pieces that wait, puts links and emphasis around words, and warns before typed words are lost. */
const form = document.querySelector("[data-segments]");
const choice = form.querySelector("[data-segments-switch]");

const box = choice.querySelector("input");
const narrow = () => form.toggleAttribute("data-only-waiting", box.checked);

choice.hidden = !form.querySelector(".segment--ready");
box.addEventListener("change", narrow);
narrow();

let typed = false;
form.addEventListener("input", () => {
  typed = true;
});
form.addEventListener("submit", () => {
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
