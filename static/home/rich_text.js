/* The buttons of the text editor are shown from the start; whoever unpins them finds them so the next time. */

try {
  const kept = "wagtail:draftail-toolbar"; // Wagtail's own name for what somebody chose
  if (!localStorage.getItem(kept)) localStorage.setItem(kept, "sticky");
} catch {
  // A browser that keeps nothing: Wagtail shows the buttons beside selected words.
}

/* Its text is named by the label of its field; Wagtail leaves it without a name for screen readers. */

function giveNames() {
  document.querySelectorAll(".public-DraftEditor-content:not([aria-labelledby])").forEach((text) => {
    const label = text.closest(".w-field__wrapper")?.querySelector("label[id]");
    const named = label?.id ?? text.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
    if (named) text.setAttribute("aria-labelledby", named);
  });
}

giveNames();
new MutationObserver(giveNames).observe(document.body, { childList: true, subtree: true });
