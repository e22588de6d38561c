// A film plays in the page after a click; until then nothing is asked of its host. Without this
// script, and on a click that opens a new tab, the link to the film does its ordinary work.
for (const figure of document.querySelectorAll("[data-player]")) {
  const link = figure.querySelector("a");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    const address = new URL(figure.dataset.player);
    address.searchParams.set("autoplay", "1");
    player.src = address;
    player.title = figure.dataset.title;
    player.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    player.allowFullscreen = true;
    link.replaceWith(player);
    player.focus();
  });
}
