// The browser's list of languages decides nothing: whoever prefers another language in which this page is there sees
// one more line, in that language. No cookie and no redirect, and the answer is the same for everybody (for caches).
{
  const offers = [...document.querySelectorAll("[data-language-offer]")];
  const codes = [document.documentElement.lang, ...offers.map((offer) => offer.lang)];
  const preferred = navigator.languages
    .map((tag) => tag.split("-")[0].toLowerCase())
    .find((code) => codes.includes(code));

  for (const offer of offers) offer.hidden = offer.lang !== preferred;
}
