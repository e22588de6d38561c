/** Shows only the pieces that wait, and warns before typed words are lost. */
const form = document.querySelector("[data-pieces]");
const choice = form.querySelector("[data-pieces-switch]");

const box = choice.querySelector("input");
const narrow = () => form.toggleAttribute("data-only-waiting", box.checked);

choice.hidden = !form.querySelector(".piece--ready");
box.addEventListener("change", narrow);
narrow();

let typed = false;
form.addEventListener("input", () => {
  typed = true;
});
form.addEventListener("submit", () => {
  typed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});
