// The menu and the search of a narrow screen are popovers and work without this script. With it, focus never goes
// behind what is open: whoever leaves it with the keyboard closes it, and Escape leads back to its button. Where
// there is a field, one may type at once.
for (const menu of document.querySelectorAll("[data-menu]")) {
  const isOpen = () => menu.matches(":popover-open");
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  const field = menu.querySelector("input");

  document.addEventListener("focusin", (event) => {
    if (isOpen() && !menu.contains(event.target) && event.target !== button) menu.hidePopover();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen() || event.defaultPrevented) return;
    event.preventDefault();
    menu.hidePopover();
    button.focus();
  });
  // At once, in the tap itself: else a phone shows no keyboard.
  button.addEventListener("click", (event) => {
    if (!field || isOpen() || !menu.showPopover) return;
    event.preventDefault();
    menu.showPopover();
    field.focus();
  });
}
