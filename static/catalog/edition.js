// Asks how far the files of an edition are, every two seconds while somebody looks at the page.

const place = document.querySelector("[data-edition-progress]");

async function ask(address) {
  if (document.hidden) return true;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return false;
  const { html, goes_on: goesOn } = await answer.json();
  place.innerHTML = html;
  return goesOn;
}

async function watch(address) {
  while (await ask(address).catch(() => false)) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

if (place?.dataset.editionProgress) watch(place.dataset.editionProgress);
