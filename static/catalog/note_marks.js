/* The button of the text editor that sets the mark of a note: a list of the notes below to choose from. */

const { React } = window;
const { EditorState, Modifier } = window.DraftJS;

/** The notes of the form as it stands: [sign, first words]. */
function notesBelow() {
  return [...document.querySelectorAll('input[name^="notes-"][name$="-value-key"]')]
    .filter((input) => input.value.trim() && document.getElementsByName(input.name.replace(/-value-key$/, "-deleted"))[0]?.value !== "1")
    .map((input) => {
      const block = input.closest("[data-contentpath]:not([data-contentpath='key'])") ?? input.closest("section");
      const words = block?.querySelector(".public-DraftEditor-content")?.textContent.trim() ?? "";
      return [input.value.trim(), words.length > 60 ? `${words.slice(0, 59)}…` : words];
    });
}

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function ask(words) {
  const notes = notesBelow();
  const dialog = element("dialog", { className: "note-dialog" });
  const heading = element("p", { id: "note-dialog-heading", textContent: notes.length ? words.heading : words.none });
  dialog.setAttribute("aria-labelledby", heading.id);
  const buttons = [element("button", { value: "", textContent: words.cancel, className: "button button-secondary" })];
  const parts = [heading];
  if (notes.length) {
    const options = notes.map(([key, text]) =>
      element("option", { value: key, textContent: text ? `${key}: ${text}` : key }),
    );
    const select = element("select", { size: Math.min(8, Math.max(3, notes.length)) }, options);
    select.setAttribute("aria-labelledby", heading.id);
    select.selectedIndex = 0;
    const insert = element("button", { textContent: words.insert, className: "button" });
    insert.addEventListener("click", () => {
      insert.value = select.value;
    });
    parts.push(select);
    buttons.unshift(insert);
  }
  dialog.append(element("form", { method: "dialog" }, [...parts, element("p", {}, buttons)]));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

class NoteSource extends React.Component {
  async componentDidMount() {
    const { editorState, entityType, onComplete, onClose } = this.props;
    const key = await ask(entityType.words);
    if (!key) {
      onClose();
      return;
    }
    const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { key });
    const after = editorState.getSelection().merge({
      anchorOffset: editorState.getSelection().getEndOffset(),
      anchorKey: editorState.getSelection().getEndKey(),
      focusOffset: editorState.getSelection().getEndOffset(),
      focusKey: editorState.getSelection().getEndKey(),
      isBackward: false,
    });
    const marked = Modifier.insertText(content, after, `[${key}]`, null, content.getLastCreatedEntityKey());
    onComplete(EditorState.push(editorState, marked, "insert-characters"));
  }

  render() {
    return null;
  }
}

function NoteMark({ children }) {
  return React.createElement("sup", { className: "note-mark" }, children);
}

window.draftail.registerPlugin({ type: "NOTE", source: NoteSource, decorator: NoteMark }, "entityTypes");
