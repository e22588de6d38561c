// Another comparison of the decision page, put in place: words that were typed below stay. Without this script, or
// where it fails, the link loads the page.
const SECTION = '[data-changes]';

document.addEventListener('click', async (event) => {
  const link = event.target.closest(`${SECTION} a[href^="?since="]`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(SECTION);
    document.querySelector(SECTION).replaceWith(found);
    document.querySelector(`${SECTION} [aria-current]`).focus();
  } catch {
    window.location = link.href;
  }
});
