/* Where an event takes place: once a place is chosen from the list, it answers for its name, address and accessibility,
   and the form asks only what is different on the day. Without this script all fields are there. */

const rowOf = (name) => document.querySelector(`[name="${name}"]`)?.closest(".w-panel__wrapper");

function enhance(box) {
  const select = box.querySelector("select");
  const says = box.querySelector("[data-venue-says]");
  const byHand = ["place", "address", "district"].map(rowOf).filter(Boolean);
  const access = document.querySelector("[data-different-that-day]");
  const toggle = access?.querySelector("[data-panel-toggle]");
  const heading = access?.querySelector("[data-panel-heading-text]");
  const usual = heading?.textContent;

  const isDifferent = () =>
    [...(access?.querySelectorAll("select, textarea") ?? [])].some((field) => field.value && field.value !== "unknown");

  function show() {
    const words = select.selectedOptions[0]?.dataset.says ?? "";
    says.textContent = words;
    says.hidden = !words;
    for (const row of byHand) row.hidden = Boolean(select.value);
    if (!toggle) return;
    heading.textContent = select.value ? access.dataset.differentThatDay : usual;
    const wanted = !select.value || isDifferent() || Boolean(access.querySelector("[aria-invalid=true]"));
    if ((toggle.getAttribute("aria-expanded") === "true") !== wanted) toggle.click();
  }
  select.addEventListener("change", show);
  show();

  const lookForNewPlaces = () => takeInNewPlaces(select);
  box.querySelector("a[target=_blank]").addEventListener("click", () => {
    addEventListener("focus", lookForNewPlaces, { once: true });
  });
}

/* Back from the tab in which a place was added: the list has it, chosen where none was. What was typed stays. */
async function takeInNewPlaces(select) {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const known = new Set([...select.options].map((option) => option.value));
  const added = [...page.querySelectorAll(`select[name="${select.name}"] option`)].filter(({ value }) => !known.has(value));
  select.append(...added);
  if (added.length === 1 && !select.value) {
    select.value = added[0].value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Wagtail's own script makes the panels fold; it has run when the page has loaded.
addEventListener("load", () => {
  for (const box of document.querySelectorAll("[data-venue]")) enhance(box);
});
