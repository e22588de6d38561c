/** Words outlive their session: a form is sent only when it will count, and until then it stays where it is. */
const notice = document.querySelector("[data-session]");
const dialog = document.querySelector("[data-session-dialog]");
const PAUSE = { in: 60_000, back: 60_000, out: 5_000, other: 5_000, unreachable: 10_000 };
const CODES = ["logged_out", "stale_token"];
const MOST_TRIES = 3;

let state = "in";
let timer;
let tries = 0;
let held = false;
let unsaved = null;

document.querySelector("#main").prepend(notice);

/** Puts the token of the present session into every form, and where Wagtail's scripts look for it. */
function renew(token) {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
    field.value = token;
  });
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
}

/** "in", "out", "other" or "unreachable". Only whoever opened this page gets a token for it. */
async function ask() {
  try {
    const answer = await fetch(notice.dataset.session, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 401) return "out";
    if (!answer.ok) return "unreachable";
    const { user, name, token } = await answer.json();
    if (String(user) === notice.dataset.user) {
      renew(token);
      return "in";
    }
    notice.querySelector("[data-session-name]").textContent = name;
    notice.querySelector("[data-session-switch] [name=csrfmiddlewaretoken]").value = token;
    return "other";
  } catch {
    return "unreachable";
  }
}

function show(next) {
  if (next !== state) {
    notice.querySelectorAll("[data-session-when]").forEach((each) => {
      each.hidden = each.dataset.sessionWhen !== next;
    });
    state = next;
  }
  clearTimeout(timer);
  timer = setTimeout(checkWhileSeen, PAUSE[state]);
}

/** Whether a form that is sent now will count. */
async function check() {
  const found = await ask();
  if (found !== "in") {
    if (found === "other" && state !== "other" && dialog.open) dialog.close(); // the bar says what to do
    show(found);
    return false;
  }
  if (state !== "in" && state !== "back") {
    show(held ? "back" : "in");
    held = false;
    if (dialog.open) dialog.close();
  } else show(state);
  if (unsaved) {
    const form = unsaved;
    unsaved = null;
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, detail: { type: "edits" } }));
  }
  return true;
}

function checkWhileSeen() {
  if (document.visibilityState === "visible") check();
}

// --- Forms ---

const checked = new WeakSet();
const pending = new WeakSet();

function hold(button) {
  held = true;
  button?.setAttribute("data-w-progress-loading-value", "false");
  if (state === "out") logIn();
}

async function send(form, button) {
  pending.add(form);
  const autosave = window.wagtail?.app.getControllerForElementAndIdentifier(form, "w-autosave");
  // A save under way may be making this very page: the form would make it once more.
  for (let round = 0; round < MOST_TRIES && autosave?.submitPromise; round += 1) await autosave.submitPromise;
  const counts = await check();
  pending.delete(form);
  if (!counts) {
    hold(button);
    return;
  }
  const wasDisabled = button?.disabled;
  if (button) button.disabled = false; // Wagtail's button that says that it saves: disabled, it would not be sent
  checked.add(form);
  form.requestSubmit(button);
  if (button) button.disabled = wasDisabled;
}

window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("data-session-switch")) return;
    if (checked.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!pending.has(form)) send(form, event.submitter);
  },
  true,
);

// --- Autosave ---

window.addEventListener(
  "w-autosave:error",
  (event) => {
    const answer = event.detail.response;
    if (!CODES.includes(answer?.error_code)) return;
    event.detail.text = answer.error_message; // Wagtail knows no such answer, and would call it a server error
    tries += 1;
    if (tries > MOST_TRIES) return;
    unsaved = event.target;
    check();
  },
  true,
);
window.addEventListener("w-autosave:success", () => {
  tries = 0;
});

// --- To log in ---

/** The window to log in, with its frame, which is made when it is first needed. */
function openDialog() {
  const template = dialog.querySelector("template");
  template?.replaceWith(template.content);
  const frame = dialog.querySelector("iframe");
  if (template) {
    frame.addEventListener("load", () => {
      if (dialog.open) check();
    });
  }
  dialog.showModal();
  return frame;
}

function logIn() {
  if (dialog.open) return;
  const frame = openDialog();
  frame.src = frame.dataset.address;
}

notice.querySelector("[data-session-log-in]").addEventListener("click", logIn);
notice.querySelector("[data-session-switch]").addEventListener("submit", openDialog);
dialog.querySelector("[data-session-close]").addEventListener("click", () => dialog.close());

document.addEventListener("visibilitychange", checkWhileSeen);
window.addEventListener("focus", check);
show("in");
