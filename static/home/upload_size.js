// A file that is too large is named beside its field as soon as it is chosen: nobody waits until it was sent in vain.
const FIELDS = "input[type=file][data-most-bytes]";

const check = (input) => {
  const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
  input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
  if (isTooLarge) input.reportValidity();
  return !isTooLarge;
};

document.addEventListener("change", ({ target }) => target.matches(FIELDS) && check(target));

// Before Wagtail's own listeners: its choosers send their forms themselves.
document.addEventListener(
  "submit",
  (event) => {
    if ([...event.target.querySelectorAll(FIELDS)].every((input) => check(input))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
