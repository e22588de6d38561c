/* Beside the editor: how many words the author wrote, and how long they take to read.
   Wagtail counts all that stands in <main>, with what the site adds around the text. */

const OWN_WORDS = "h1, .lead, .prose, .programme, .rich-text";
const FRAME = "nav, .files, [data-frame]";
const WORDS_A_MINUTE = 200; // as in home/text.py

/** Words inside `main` (an element) that its author wrote. */
function countOwnWords(main) {
  const language = main.closest("[lang]")?.lang || "pl";
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  const texts = main.ownerDocument.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (!place.closest(OWN_WORDS) || place.closest(FRAME)) continue;
    for (const part of segmenter.segment(texts.currentNode.data)) count += part.isWordLike ? 1 : 0;
  }
  return count;
}

document.addEventListener("w-preview:content", () => {
  const main = document.querySelector("#w-preview-iframe")?.contentDocument?.querySelector("main");
  const words = document.querySelector("[data-own-word-count]");
  const minutes = document.querySelector("[data-own-reading-time]");
  if (!main || !words || !minutes) return;
  const count = countOwnWords(main);
  words.textContent = String(count);
  minutes.textContent = `${Math.ceil(count / WORDS_A_MINUTE)} min`;
});
