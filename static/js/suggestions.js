// Suggestions under a search box while somebody types: the pattern "editable combobox with list autocomplete" of the
// ARIA Authoring Practices Guide. Nothing is chosen for anybody: Enter without a choice sends the form as ever.
// A server that is away, or a browser that saves data, means a plain box.
const WAIT = 180; // milliseconds without a key
const FEWEST_LETTERS = 2;
const savesData = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

const answers = new Map(); // of this page, by what was asked

const suggestIn = (form) => {
  const field = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestionsLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);

  field.type = "text"; // ARIA has no combobox that is a search field, and Escape would empty one
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    field.setAttribute(name, value);

  const typed = () => field.value.trim().toLowerCase();
  const isOpen = () => !list.hidden;

  const choose = (number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const close = () => {
    choose(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    if (!list.children.length) return;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };
  const take = (option) => {
    close();
    location.assign(option.dataset.url);
  };

  const show = ({ suggestions, status: said }) => {
    close();
    list.replaceChildren(
      ...suggestions.map(({ text, url, lang, note }, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        option.dataset.url = url;
        if (lang) {
          const words = document.createElement("span");
          words.className = "language-note";
          words.lang = document.documentElement.lang;
          words.textContent = ` ${note}`;
          option.lang = lang;
          option.append(words);
        }
        return option;
      }),
    );
    status.textContent = said;
    open();
  };
  const nothing = { suggestions: [], status: "" };
  // What begins with letters that have no suggestions has none either.
  const isInVain = (words) =>
    [...answers].some(
      ([asked, answer]) => !answer.suggestions.length && /^\p{L}{3,}$/u.test(asked) && words.startsWith(asked),
    );

  const ask = async () => {
    const words = typed();
    request?.abort();
    if (words.length < FEWEST_LETTERS || isInVain(words)) return show(nothing);
    if (answers.has(words)) return show(answers.get(words));
    request = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) return show(nothing);
      answers.set(words, await response.json());
      if (typed() === words && document.activeElement === field) show(answers.get(words));
    } catch (error) {
      if (error.name !== "AbortError") show(nothing);
    }
  };

  // Also within a composition: on telephones a whole word is one, and the list never touches the field.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    request?.abort();
    close();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && list.children.length) {
      event.preventDefault();
      clearTimeout(timer); // what somebody moves in stays as it is
      request?.abort();
      if (event.altKey) return step > 0 ? open() : close();
      open();
      const last = list.children.length - 1;
      const next = active + step;
      choose(active < 0 && step < 0 ? last : next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Enter" && isOpen() && active >= 0) {
      event.preventDefault();
      take(list.children[active]);
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault(); // the menu around it stays
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
    close();
  });
};

if (!savesData) document.querySelectorAll("form[data-suggestions]").forEach(suggestIn);
