// The menu of a narrow screen is a popover and works without this script. With it, focus never goes
// behind the open menu: whoever leaves it with the keyboard closes it, and Escape leads back to its button.
for (const menu of document.querySelectorAll("[data-menu]")) {
  const isOpen = () => menu.matches(":popover-open");
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);

  document.addEventListener("focusin", (event) => {
    if (isOpen() && !menu.contains(event.target) && event.target !== button) menu.hidePopover();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault();
    menu.hidePopover();
    button.focus();
  });
}
