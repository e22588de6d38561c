/* A long list of boxes to tick is found by typing: what was chosen, and what fits the words. Without this script, or
   without typing, they stay what they are: boxes. */

const words = [...document.scripts].find((script) => script.src === import.meta.url).dataset;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[łŁ]/g, "l").toLowerCase();

function enhance(panel) {
  const boxes = [...panel.querySelectorAll('input[type="checkbox"]')];
  const rows = boxes.map((box) => box.closest("label").parentElement);
  const list = document.getElementById(boxes[0]?.name && `id_${boxes[0].name}`);
  if (!list) return;
  // A city is no answer: its name is shown as long as one of its districts is.
  const groups = [...list.children].filter((group) => group.querySelectorAll('input[type="checkbox"]').length > 1);
  const id = `${list.id}-find`;
  const label = document.createElement("label");
  label.htmlFor = id;
  label.className = "w-field__label";
  label.textContent = panel.dataset.findByTyping;
  const search = document.createElement("input");
  search.type = "search";
  search.id = id;
  search.autocomplete = "off";
  search.setAttribute("aria-controls", list.id);
  const found = document.createElement("p");
  found.className = "help";
  found.setAttribute("role", "status");

  let fitting = [];
  function show() {
    const wanted = plain(search.value.trim());
    fitting = wanted ? boxes.filter((_box, number) => plain(rows[number].textContent).includes(wanted)) : [];
    boxes.forEach((box, number) => {
      rows[number].hidden = !box.checked && !fitting.includes(box);
    });
    for (const group of groups) group.hidden = ![...group.querySelectorAll("input")].some((box) => !rows[boxes.indexOf(box)].hidden);
    const chosen = boxes.filter((box) => box.checked).length;
    found.textContent = (wanted ? words.found : words.chosen).replace("{count}", wanted ? fitting.length : chosen);
  }
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // or the whole form would be sent
    if (fitting.length !== 1) return;
    fitting[0].checked = true;
    fitting[0].dispatchEvent(new Event("change", { bubbles: true }));
    search.value = "";
    show();
  });
  list.before(label, search, found);
  show();
}

for (const panel of document.querySelectorAll("[data-find-by-typing]")) enhance(panel);
