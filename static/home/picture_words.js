/* The description of a picture, written once when it was added, is the first draft of its description on a page. */

const offered = new WeakMap();

document.addEventListener("change", (event) => {
  const chosen = event.target;
  const words = document.getElementById(`${chosen.id}_alt`);
  const preview = document.getElementById(`${chosen.id}-chooser`)?.querySelector("[data-chooser-image]");
  if (!words || !preview) return;
  // Wagtail's chooser writes the description beside its preview after it has told of the change.
  queueMicrotask(() => {
    const description = chosen.getAttribute("value") ? preview.dataset.defaultAltText : "";
    if (words.value && words.value !== offered.get(words)) return;
    offered.set(words, description);
    words.value = description;
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
