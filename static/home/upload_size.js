// A file that is too large is named beside its field as soon as it is chosen: nobody waits until it was sent in vain.
const FIELDS = "input[type=file][data-most-bytes]";

const check = (input) => {
  const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
  input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
  if (isTooLarge) input.reportValidity();
  return !isTooLarge;
};

document.addEventListener("change", ({ target }) => target.matches(FIELDS) && check(target));

// At the button, which Enter presses too, and before Wagtail's own listeners: they say that it is being sent.
document.addEventListener(
  "click",
  (event) => {
    const form = event.target.closest("[type=submit]")?.form;
    if (!form || [...form.querySelectorAll(FIELDS)].every((input) => check(input))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
