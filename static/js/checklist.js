// Ticks stay on the reader's own device: nothing is sent, and no cookie is set. One entry of the storage for a page,
// with the ids of the items that are ticked; where storage is forbidden, the ticks last for this visit.
const read = (key) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set();
  }
};
const keep = (key, ticked) => {
  try {
    if (ticked.size) localStorage.setItem(key, JSON.stringify([...ticked]));
    else localStorage.removeItem(key);
  } catch {
    // see above
  }
};

for (const list of document.querySelectorAll("[data-checklist]")) {
  const key = `checklist:${list.dataset.checklist}`;
  const boxes = [...list.querySelectorAll("[data-tick]")];
  const line = list.querySelector("[data-state]");
  const state = line.querySelector("[data-words]");
  const clear = line.querySelector("[data-clear]");

  const tell = () => {
    const done = boxes.filter((box) => box.checked).length;
    state.textContent = state.dataset.words.replace("{done}", done).replace("{count}", boxes.length);
    clear.disabled = !done;
  };
  const save = () => {
    // Another checklist of the page, or another tab, has its ticks in the same entry.
    const ticked = read(key);
    for (const box of boxes) {
      if (box.checked) ticked.add(box.dataset.tick);
      else ticked.delete(box.dataset.tick);
    }
    keep(key, ticked);
    tell();
  };
  const show = () => {
    const ticked = read(key);
    for (const box of boxes) box.checked = ticked.has(box.dataset.tick);
    tell();
  };

  list.addEventListener("change", save);
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    save();
    boxes[0]?.focus(); // the button can't be pressed any more
  });
  window.addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) show();
  });
  line.hidden = false;
  show();
}
