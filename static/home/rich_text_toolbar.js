/* The buttons of the text editor are shown from the start; whoever unpins them finds them so the next time. */

try {
  const kept = "wagtail:draftail-toolbar"; // Wagtail's own name for what somebody chose
  if (!localStorage.getItem(kept)) localStorage.setItem(kept, "sticky");
} catch {
  // A browser that keeps nothing: Wagtail shows the buttons beside selected words.
}
