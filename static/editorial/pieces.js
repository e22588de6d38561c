/** Shows only the pieces that wait, and warns before typed words are lost. */
const form = document.querySelector("[data-pieces]");
const choice = form.querySelector("[data-pieces-switch]");

choice.hidden = !form.querySelector(".piece--ready");
choice.querySelector("input").addEventListener("change", (event) => {
  form.toggleAttribute("data-only-waiting", event.target.checked);
});

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
