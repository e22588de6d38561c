/** Wagtail's autosave, where it would stop without a word. */
const watcherOf = (form) => window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
const UNLIKE_ANY = "-";

/** From now on each change counts against `saved`, the form's content as the server has it. */
function watch(watcher, saved) {
  watcher.forceValue = false;
  watcher.initialFormData = saved;
  watcher.previousFormData = watcher.formData;
  watcher.hasEditsValue = true;
}

// What is typed in the first two seconds: Wagtail begins to compare only then, and would take it for what was there.
const typed = new WeakSet();
window.addEventListener("input", ({ target }) => target.form && typed.add(target.form), true);
window.addEventListener("w-autosave:save", ({ target }) => typed.delete(target));
window.addEventListener("w-unsaved:watch-edits", ({ target }) => {
  if (typed.has(target)) watch(watcherOf(target), UNLIKE_ANY);
});

// A form that came back with errors: Wagtail tries once to save it, and looks for no change after that.
window.addEventListener("w-unsaved:ready", ({ target }) => {
  const watcher = watcherOf(target);
  if (!watcher.forceValue) return;
  watch(watcher, UNLIKE_ANY);
  watcher.checkIntervalValueChanged(watcher.checkIntervalValue);
});

// What is typed while a save is under way: Wagtail takes it for saved too.
let sent;
window.addEventListener("w-autosave:save", ({ target }) => {
  sent = watcherOf(target).formData;
});
window.addEventListener("w-autosave:success", ({ target }) => {
  const watcher = watcherOf(target);
  if (watcher.formData === sent) return;
  watch(watcher, sent);
  watcher.notify();
});

// What the way of the text says of its newest version is no longer true of this one.
window.addEventListener("w-unsaved:add", () => {
  document.querySelectorAll("[data-once-changed]").forEach((words) => {
    words.hidden = false;
    words.previousElementSibling.hidden = true;
  });
});
