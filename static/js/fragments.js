// Opens the fold to which the address leads, or in which the place stands. Without this script it is a closed fold with
// the reader's eyes on it.
function open() {
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return; // an address that is none
  }
  let opened = false;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    opened ||= !fold.open;
    fold.open = true;
  }
  if (opened) target.scrollIntoView();
}

window.addEventListener("hashchange", open);
open();
