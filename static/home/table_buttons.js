/* Buttons above each table, for what else is only in a menu behind the right mouse button: rows and columns come and
   go beside the cell that was last in use. From a cell, Escape leads to them. */

const words = [...document.scripts].find((script) => script.src === import.meta.url).dataset;
const ACTIONS = [
  ["addRow", "insert_row", ({ row }) => row + 1],
  ["removeRow", "remove_row", ({ row }) => row],
  ["addColumn", "insert_col", ({ column }) => column + 1],
  ["removeColumn", "remove_col", ({ column }) => column],
];

function addButtons(table) {
  const previous = table.rootElement.previousElementSibling;
  if (previous?.matches("[data-table-buttons]")) previous.remove();
  const bar = document.createElement("div");
  bar.dataset.tableButtons = "";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.group);
  const size = document.createElement("span");
  size.setAttribute("role", "status");
  // The last cell until somebody has been in another one.
  let cell = null;
  const place = () => ({
    row: Math.min(cell?.row ?? Infinity, table.countRows() - 1),
    column: Math.min(cell?.column ?? Infinity, table.countCols() - 1),
  });
  const buttons = {};
  const tell = () => {
    buttons.removeRow.disabled = table.countRows() < 2;
    buttons.removeColumn.disabled = table.countCols() < 2;
  };
  for (const [name, action, at] of ACTIONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = words[name];
    button.addEventListener("click", () => {
      table.alter(action, at(place()));
      tell();
      size.textContent = words.size.replace("{rows}", table.countRows()).replace("{columns}", table.countCols());
      if (button.disabled) buttons.addRow.focus();
    });
    buttons[name] = button;
    bar.append(button);
  }
  bar.append(size);
  table.rootElement.before(bar);
  table.addHook("afterSelectionEnd", (row, column) => {
    cell = { row, column };
  });
  table.addHook("beforeKeyDown", (event) => {
    if (event.key !== "Escape" || table.getActiveEditor()?.isOpened()) return;
    event.stopImmediatePropagation();
    table.deselectCell();
    table.unlisten();
    buttons.addRow.focus();
  });
  tell();
}

window.Handsontable?.hooks.add("afterInit", function () {
  addButtons(this);
});
