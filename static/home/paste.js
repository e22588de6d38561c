/* What is pasted from Word, Google Docs or a web page keeps its headings, lists, links and tables.

   The editor's own script knows only headings 2 and 3, takes Word's lists for paragraphs, and glues the cells of a
   table together. So the HTML is put in order first, and pasted then. A table becomes a block of its own, below the
   text; where words follow it, it is shown as lines, with a button that cuts the text there. */

const words = [...document.scripts].find((script) => script.src === import.meta.url).dataset;
const MARK = "\uE000"; // stands for a table while the HTML around it is put in order
const OWN = /data-offset-key|data-editor=|data-draftjs-conductor/; // copied in an editor like this one, which knows it
const ours = new WeakSet();

// --- Putting HTML in order

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function orderHeadings(body) {
  for (const heading of body.querySelectorAll("h1, .MsoTitle")) rename(heading, "h2");
  for (const heading of body.querySelectorAll("h4, h5, h6, .MsoSubtitle")) rename(heading, "h3");
}

/** Word writes the items of a list as paragraphs, with the sign or number as words. */
function orderWordLists(body) {
  let open = []; // the lists around the item, by their level
  let last = null;
  for (const item of body.querySelectorAll("p[style*='mso-list']")) {
    const style = item.getAttribute("style");
    const level = Number(/level(\d)/.exec(style)?.[1] || 1);
    const sign = item.querySelector("[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]");
    if (!sign) continue;
    const name = /^\s*(\d+|[a-z]{1,4})[.)]/i.test(sign.textContent) ? "ol" : "ul";
    sign.remove();
    if (last !== item.previousElementSibling) open = [];
    open.length = Math.min(open.length, level);
    if (open.length === level && open[level - 1].localName !== name) open.length = level - 1;
    const entry = item.ownerDocument.createElement("li");
    entry.append(...item.childNodes);
    if (!open.length) {
      open.push(item.ownerDocument.createElement(name));
      item.before(open[0]);
    }
    while (open.length < level) {
      const inner = item.ownerDocument.createElement(name);
      const around = open[open.length - 1];
      (around.lastElementChild || around).append(inner);
      open.push(inner);
    }
    item.remove();
    open[level - 1].append(entry);
    last = open[0];
  }
}

/** Google Docs puts a list of the second level beside its item, and a paragraph into each item. */
function orderLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    list.previousElementSibling?.append(list);
  }
  for (const paragraph of body.querySelectorAll("li > p, li > div")) unwrap(paragraph);
}

function orderLinks(body) {
  for (const link of body.querySelectorAll("a")) {
    const address = link.getAttribute("href") || "";
    if (!/^(https?:|mailto:|tel:)/i.test(address)) {
      unwrap(link);
    } else if (address.startsWith("https://www.google.com/url?")) {
      link.setAttribute("href", new URL(address).searchParams.get("q") || address);
    }
  }
}

function wordsOf(cell) {
  const lines = [...cell.querySelectorAll("p, li, div")].filter((part) => !part.querySelector("p, li, div"));
  const texts = (lines.length ? lines : [cell]).map((part) => part.textContent.replace(/[ \t\r\n]+/g, " ").trim());
  return texts.filter(Boolean).join("\n");
}

/** The cells of a table as rows of equal length; what spans several stands in its first one. */
function rowsOf(table) {
  const grid = [...table.rows].map(() => []);
  [...table.rows].forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y][x] !== undefined) x += 1;
      for (let down = 0; down < cell.rowSpan && y + down < grid.length; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) grid[y + down][x + right] = "";
      }
      grid[y][x] = wordsOf(cell);
    }
  });
  const width = Math.max(...grid.map((row) => row.length));
  return grid.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? ""));
}

/** Takes the tables out of `body`, and leaves marks in their places. One of a single cell is a frame around text. */
function takeTables(body) {
  const tables = [];
  for (const table of body.querySelectorAll("table")) {
    if (!body.contains(table) || table.parentElement.closest("table")) continue;
    const rows = rowsOf(table);
    const mark = body.ownerDocument.createElement("div");
    if (!rows.length || rows[0].length < 2) {
      for (const row of table.rows) for (const cell of row.cells) mark.append(...cell.childNodes);
    } else {
      mark.textContent = `${MARK}${tables.push({ rows, caption: table.caption?.textContent.trim() || "" }) - 1}${MARK}`;
    }
    table.replaceWith(mark);
  }
  return tables;
}

/** [HTML, table, HTML, …]: always begins and ends with HTML, which may be empty. */
function inOrder(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body; // runs no script and loads nothing
  for (const element of body.querySelectorAll("style, script, meta, link, title, img")) element.remove();
  for (const wrapper of body.querySelectorAll("b[id^='docs-internal-guid']")) unwrap(wrapper);
  const tables = takeTables(body);
  orderHeadings(body);
  orderWordLists(body);
  orderLists(body);
  orderLinks(body);
  const pieces = body.innerHTML.split(new RegExp(`<div>${MARK}(\\d+)${MARK}</div>`));
  return pieces.map((piece, number) => (number % 2 ? tables[piece] : piece));
}

function hasWords(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim() !== "";
}

function asLines(table) {
  const line = document.createElement("p");
  return table.rows
    .map((row) => {
      line.textContent = row.join(" | ").replace(/( \| )+$/, "");
      return line.outerHTML;
    })
    .join("");
}

// --- Pasting

function paste(editor, html) {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.textContent);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  ours.add(event);
  editor.dispatchEvent(event);
}

/** What pasting leaves of `state`: it takes the place of the selected words. */
function withoutSelection(state) {
  if (state.getSelection().isCollapsed()) return state;
  const { EditorState, Modifier } = window.DraftJS;
  const content = Modifier.removeRange(state.getCurrentContent(), state.getSelection(), "forward");
  return EditorState.push(state, content, "remove-range");
}

/** The block of text around `editor` in a body that may hold tables: {stream, block}, else null. */
function placeOf(editor) {
  for (let around = editor; around; around = around.parentElement) {
    if (!around.rootBlock) continue;
    const stream = around.rootBlock;
    const block = stream.children.find((child) => child.element.contains(editor));
    const isText = block?.block.widget && stream.blockDef.childBlockDefsByName?.table;
    return isText ? { stream, block } : null;
  }
  return null;
}

function insert({ stream }, type, value, at) {
  return stream.insert({ type, value, id: crypto.randomUUID() }, at, { animate: false });
}

function insertTable(place, table, at) {
  const value = {
    data: table.rows,
    table_caption: table.caption,
    table_header_choice: table.rows.length > 1 ? "row" : "neither",
    first_row_is_table_header: table.rows.length > 1,
    first_col_is_header: false,
  };
  insert(place, "table", value, at);
}

function insertText(place, html, at) {
  const empty = place.stream.blockDef.initialChildStates[place.block.type];
  const made = insert(place, place.block.type, empty, at);
  paste(made.element.querySelector(".public-DraftEditor-content"), html);
}

/** The text cut where the tables are: each becomes a block, and what follows it a new text. */
function pasteCut(place, pieces, before) {
  const { stateBefore, stateAfter } = window.draftail.splitState(before);
  place.block.block.widget.setState(stateBefore);
  let at = place.block.index;
  if (hasWords(pieces[0])) {
    if (stateBefore.getCurrentContent().hasText()) insertText(place, pieces[0], (at += 1));
    else paste(place.block.element.querySelector(".public-DraftEditor-content"), pieces[0]);
  }
  for (const piece of pieces.slice(1)) {
    if (piece.rows) insertTable(place, piece, (at += 1));
    else if (hasWords(piece)) insertText(place, piece, (at += 1));
  }
  if (stateAfter.getCurrentContent().hasText()) insert(place, place.block.type, stateAfter, at + 1);
}

function offerToCut(editor, act) {
  const wrapper = editor.closest("[data-draftail-editor-wrapper]");
  wrapper.parentElement.querySelector("[data-paste-offer]")?.remove();
  const offer = document.createElement("div");
  offer.dataset.pasteOffer = "";
  offer.className = "help-block help-info";
  offer.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = words.makeTables;
  button.addEventListener("click", () => {
    offer.remove();
    act();
  });
  wrapper.after(offer);
  offer.append(`${words.tablesAsLines} `, button); // after it is there, so that it is read out
  // What is written after this would be lost with the text that is put back.
  editor.addEventListener("beforeinput", () => offer.remove(), { once: true });
}

function pasteInOrder(editor, html) {
  const pieces = inOrder(html);
  const place = placeOf(editor);
  const before = place && withoutSelection(place.block.block.widget.getState());
  const isLast = place && !window.draftail.splitState(before).stateAfter.getCurrentContent().hasText();
  const trailing = [];
  if (isLast) {
    while (pieces.length > 1 && !hasWords(pieces[pieces.length - 1])) {
      pieces.pop();
      trailing.unshift(pieces.pop());
    }
  }
  const text = pieces.map((piece) => (piece.rows ? asLines(piece) : piece)).join("");
  if (hasWords(text)) paste(editor, text);
  trailing.forEach((table, number) => insertTable(place, table, place.block.index + 1 + number));
  if (place && pieces.length > 1) offerToCut(editor, () => pasteCut(place, pieces, before));
}

window.addEventListener(
  "paste",
  (event) => {
    const editor = event.target.closest?.(".public-DraftEditor-content");
    const html = event.clipboardData?.getData("text/html");
    if (ours.has(event) || !editor || !html || OWN.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pasteInOrder(editor, html);
  },
  true,
);
