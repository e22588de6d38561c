/** Links to places of a form, wherever they hide; and what it lacks, asked before a text is sent. */

/** Opens the tab, the window and the panels that `place` stands in. */
function reveal(place) {
  const tab = place.closest("[role=tabpanel][hidden]");
  if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"], [role=tab][href="#${tab.id}"]`)?.click();
  place.closest("[data-controller~=w-dialog][aria-hidden=true]")?.dispatchEvent(new CustomEvent("w-dialog:show"));
  for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    panel.querySelector(":scope > .w-panel__header > [data-panel-toggle][aria-expanded=false]")?.click();
  }
}

// Wagtail's button to the first error.
window.addEventListener("w-focus:focus", ({ target }) => reveal(target));

// --- Links to the places ---

const FIELD = "input:not([type=hidden]), select, textarea, [contenteditable=true]";
const BUTTON = "button:not([data-panel-toggle], [data-comment-add])"; // a chooser has no field

/**
 * The smallest part of the form that a link names: a field or its id, then names or ids of blocks in it; null if it is
 * gone. A problem has "/" between them, the original beside a translation has dots.
 */
function placeOf({ dataset }) {
  const [name, ...steps] = (dataset.problem ?? dataset.showPlace).split(/[/.]/);
  const at = (part) => `[data-contentpath="${CSS.escape(part)}"]`;
  const field =
    document.getElementById(`id_${name}`) ??
    document.querySelector(`${at(name)}, [name="${CSS.escape(name)}"]`) ??
    document.getElementById(name);
  let place = field?.closest("[data-field]") ?? field;
  for (const step of steps) place = place?.querySelector(at(step)) ?? place;
  return place;
}

const MOST_FRAMES = 60;

async function show(place) {
  reveal(place);
  // A tab opens a few frames later.
  for (let frame = 0; frame < MOST_FRAMES && !place.checkVisibility(); frame += 1) {
    await new Promise(requestAnimationFrame);
  }
  const inside = [place, ...place.querySelectorAll("*")].filter((one) => one.checkVisibility());
  const target = inside.find((one) => one.matches(FIELD)) ?? inside.find((one) => one.matches(BUTTON)) ?? place;
  if (!target.matches(`${FIELD}, ${BUTTON}`)) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  // Last: at the focus the original beside scrolls along, which would stop a scrolling that is under way.
  target.scrollIntoView({ block: "center" });
}

window.addEventListener("click", (event) => {
  const link = event.target.closest("[data-problem], [data-show-place]");
  const place = link && placeOf(link);
  if (!place) return;
  event.preventDefault();
  const dialog = link.closest("[data-controller~=w-dialog]");
  dialog?.dispatchEvent(new CustomEvent("w-dialog:hide"));
  show(place);
});

// --- Before a text is sent ---

/** What is wrong, as a list of links; "" if nothing is, or if only sending can tell. */
async function problemsOf(form) {
  const autosave = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
  await autosave?.submitPromise; // it may be making this very page
  const data = new FormData(form);
  if (autosave?.revisionIdValue) data.set("overwrite_revision_id", autosave.revisionIdValue); // as autosave itself
  data.set("only-ask", "1");
  data.set("action-submit", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    return (await answer.json()).problems ?? "";
  } catch {
    return "";
  }
}

/** The words of the list, each at its field too, as Wagtail shows what it refused. */
function mark(form, list) {
  form.querySelectorAll("[data-asked-first]").forEach((old) => old.remove());
  list.querySelectorAll("[data-problem]").forEach((link) => {
    const errors = placeOf(link)?.querySelector("[data-field-errors]");
    if (!errors || errors.querySelector(".error-message")) return;
    const words = document.createElement("p");
    words.className = "error-message";
    words.dataset.askedFirst = "";
    words.textContent = link.nextElementSibling.textContent;
    errors.append(words);
  });
}

const answered = new WeakSet();

window.addEventListener(
  "click",
  async (event) => {
    const button = event.target.closest("[data-asks-first]");
    if (!button || answered.delete(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    const form = document.querySelector(button.dataset.asksFirst);
    const dialog = document.getElementById(button.dataset.a11yDialogShow);
    const found = await problemsOf(form);
    button.ariaBusy = null;
    const list = dialog.querySelector("[data-send-list]");
    list.innerHTML = found;
    dialog.querySelector("[data-send-problems]").hidden = !found;
    dialog.querySelector("[data-send]").hidden = Boolean(found);
    mark(form, list);
    answered.add(button);
    button.click();
  },
  true,
);

// A message that something was not saved is over when it is.
window.addEventListener("w-autosave:success", () => {
  document.querySelectorAll("[data-until-saved]").forEach((words) => words.closest("li").remove());
});
