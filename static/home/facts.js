/* The text editor's button for a fact: a list of approved facts, and the form in which one stands in the sentence.

   In the editor a fact is a sign with its name. What readers get are its newest approved words. */

(() => {
  const { React, DraftJS, draftail } = window;
  const { createElement, Component } = React;
  const { EditorState, Modifier, SelectionState } = DraftJS;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function comparable(text) {
    return text
      .toLowerCase()
      .replaceAll("ł", "l")
      .normalize("NFD")
      .replace(/\p{M}/gu, "");
  }

  /** A choice of one fact: its name, and what it says. */
  function choice(fact, isChosen) {
    const input = element("input", { type: "radio", name: "fact", value: String(fact.id), required: "" });
    input.checked = isChosen;
    const said = element("span", { class: "fact-choices__value" }, `${fact.value}${fact.caveat ? ` (${fact.caveat})` : ""}`);
    const label = element("label", { class: "fact-choices__choice" }, input, element("span", {}, fact.label, said));
    label.dataset.words = comparable(`${fact.label} ${fact.value}`);
    return label;
  }

  function formatChoice(format, words, isChosen) {
    const input = element("input", { type: "radio", name: "format", value: format });
    input.checked = isChosen;
    return element("label", { class: "fact-choices__choice" }, input, element("span", {}, words));
  }

  class FactDialog {
    constructor({ words, address, chosen, onChoose, onClose }) {
      Object.assign(this, { words, address, chosen, onChoose, onClose });
      this.facts = [];
    }

    open() {
      const { words } = this;
      this.list = element("div", { class: "fact-choices__list", role: "radiogroup", "aria-label": words.title, tabindex: "-1" }, words.loading);
      this.filter = element("input", { type: "search", id: "fact-choices-filter", autocomplete: "off" });
      this.formats = element("fieldset", { class: "fact-choices__formats" }, element("legend", {}, words.format));
      for (const [format, label] of Object.entries(words.formats)) {
        this.formats.append(formatChoice(format, label, format === (this.chosen?.format || "sentence")));
      }
      this.said = element("p", { class: "fact-choices__said", "aria-live": "polite" });
      const form = element(
        "form",
        { method: "dialog", class: "fact-choices" },
        element("h2", { id: "fact-choices-title" }, words.title),
        element("label", { for: "fact-choices-filter" }, words.filter),
        this.filter,
        this.list,
        this.formats,
        this.said,
        element(
          "p",
          { class: "fact-choices__buttons" },
          element("button", { type: "submit", value: "choose", class: "button" }, words.insert),
          element("button", { type: "submit", value: "", class: "button button-secondary", formnovalidate: "" }, words.cancel),
        ),
      );
      this.dialog = element("dialog", { class: "fact-dialog", "aria-labelledby": "fact-choices-title" }, form);
      this.filter.addEventListener("input", () => this.narrow());
      this.filter.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
      form.addEventListener("change", () => this.tell());
      this.dialog.addEventListener("close", () => this.finish());
      this.form = form;
      document.body.append(this.dialog);
      this.dialog.showModal();
      this.filter.focus();
      this.load();
    }

    async load() {
      try {
        const answer = await fetch(this.address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (!answer.ok) throw new Error(answer.status);
        this.facts = (await answer.json()).facts;
      } catch {
        this.list.replaceChildren(this.words.failed);
        return;
      }
      const rows = this.facts.map((fact) => choice(fact, fact.id === this.chosen?.id));
      this.list.replaceChildren(...(rows.length ? rows : [this.words.none]));
      this.tell();
    }

    narrow() {
      const typed = comparable(this.filter.value).split(/\s+/);
      for (const row of this.list.querySelectorAll("label")) {
        row.hidden = !typed.every((word) => row.dataset.words.includes(word));
      }
    }

    get value() {
      const data = new FormData(this.form);
      const fact = this.facts.find((one) => String(one.id) === data.get("fact"));
      return fact && { fact, format: data.get("format") };
    }

    tell() {
      const { value } = this;
      this.said.textContent = value ? `${this.words.said} ${value.fact[value.format]}` : "";
    }

    finish() {
      const value = this.dialog.returnValue === "choose" ? this.value : null;
      this.dialog.remove();
      if (value) this.onChoose(value.fact, value.format);
      else this.onClose();
    }
  }

  /** The selection of the sign `key`, which may stand anywhere in the text. */
  function placeOf(key, editorState) {
    let found = null;
    for (const block of editorState.getCurrentContent().getBlocksAsArray()) {
      block.findEntityRanges(
        (character) => character.getEntity() === key,
        (start, end) => {
          found = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
        },
      );
    }
    return found;
  }

  class FactSource extends Component {
    componentDidMount() {
      const { entityType, entity, onClose } = this.props;
      new FactDialog({
        words: entityType.words,
        address: entityType.choices,
        chosen: entity?.getData(),
        onChoose: (fact, format) => this.insert(fact, format),
        onClose,
      }).open();
    }

    insert(fact, format) {
      const { editorState, entityType, entityKey, onComplete } = this.props;
      const selection = (entityKey && placeOf(entityKey, editorState)) || editorState.getSelection();
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { id: fact.id, format });
      const style = editorState.getCurrentInlineStyle();
      const changed = Modifier.replaceText(content, selection, fact.label, style, content.getLastCreatedEntityKey());
      onComplete(EditorState.push(editorState, changed, "insert-characters"));
    }

    render() {
      return null;
    }
  }

  /* Draftail gives the button of a sign no selection of its own: whoever presses it changes that sign. */
  function Fact({ entityKey, contentState, children, onEdit }) {
    const { format } = contentState.getEntity(entityKey).getData();
    return createElement(
      "span",
      { className: "fact-sign", "data-format": format, role: "button", onMouseUp: () => onEdit(entityKey) },
      children,
    );
  }

  draftail.registerPlugin({ type: "FACT", source: FactSource, decorator: Fact }, "entityTypes");
})();
