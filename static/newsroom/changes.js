// Another comparison of the decision page, put in place: words that were typed below stay. Without this script, or
// where it fails, the link loads the page.
const SECTION = '[data-changes]';
const LINK = '.decision a[href^="?since="]';

document.addEventListener('click', async (event) => {
  const link = event.target.closest(LINK);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(SECTION);
    document.querySelector(SECTION).replaceWith(found);
    const wanted = link.closest(SECTION) ? null : document.getElementById(decodeURIComponent(link.hash.slice(1)));
    (wanted ?? document.querySelector(`${SECTION} [aria-current]`)).focus();
  } catch {
    window.location = link.href;
  }
});
