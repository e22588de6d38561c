// A button to print, and the day of printing on the paper. Without it the browser's own menu prints the same page.
// Pictures that nobody has scrolled to are on no paper unless they are asked for: the button waits for them.
const LONGEST_WAIT = 5000;

function load() {
  const pictures = [...document.querySelectorAll("main img[loading=lazy]")];
  for (const picture of pictures) picture.loading = "eager";
  const shown = pictures.map((picture) => picture.decode().catch(() => {}));
  return Promise.race([Promise.all(shown), new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
}

for (const place of document.querySelectorAll("[data-print]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => load().then(() => print()));
}

addEventListener("beforeprint", () => {
  load();
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  for (const line of document.querySelectorAll("[data-print-day]")) {
    line.textContent = line.dataset.printDay.replace("{day}", day);
  }
});
