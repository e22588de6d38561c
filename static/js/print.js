// A button to print, and the day of printing on the paper. Without it the browser's own menu prints the same page.
for (const place of document.querySelectorAll("[data-print]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => print());
}

addEventListener("beforeprint", () => {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  for (const line of document.querySelectorAll("[data-print-day]")) {
    line.textContent = line.dataset.printDay.replace("{day}", day);
  }
});
