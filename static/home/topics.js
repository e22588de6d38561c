/* A comma or Enter ends a topic also while others are suggested: the widget swallows both as long as its list is open.
   What was chosen from the list with the arrows is in the field by then. Goes when Wagtail replaces tag-it. */

window.addEventListener(
  "keydown",
  (event) => {
    const input = event.target.closest?.(".tagit-new input");
    if (!input || (event.key !== "Enter" && event.key !== ",")) return;
    const suggestions = window.jQuery(input).autocomplete("instance");
    if (suggestions && (event.key === "," || !suggestions.menu.active)) suggestions.close();
  },
  true,
);
