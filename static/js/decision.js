// One question after the other. What has been answered stays in sight, and another answer there leads another way.
for (const tree of document.querySelectorAll("[data-decision]")) {
  const questions = [...tree.querySelectorAll("[data-question]")];
  const end = tree.querySelector("[data-end]");
  const outcome = tree.querySelector("[data-outcome]");
  const byKey = new Map(questions.map((question) => [question.dataset.question, question]));
  let path = [];

  const textOf = (question) => question.querySelector(".decision-text");
  const show = () => {
    for (const question of questions) question.classList.toggle("is-waiting", !path.includes(question));
    const current = path.at(-1);
    const chosen = current.querySelector("[aria-pressed=true]")?.closest("[data-answer]");
    const result = chosen?.querySelector("[data-result]");
    outcome.replaceChildren();
    end.hidden = path.length === 1 && !chosen;
    if (!result) return;
    const heading = document.createElement("p");
    heading.className = "decision-outcome";
    heading.textContent = outcome.dataset.words;
    const words = document.createElement("div");
    words.className = "rich-text";
    // Its notes have their marks, with ids, in the list that is printed.
    words.append(...[...result.cloneNode(true).childNodes]);
    for (const marked of words.querySelectorAll("[id]")) marked.removeAttribute("id");
    outcome.append(heading, words);
  };
  const press = (button, pressed) => button.setAttribute("aria-pressed", String(pressed));

  const choose = (question, answer) => {
    path = path.slice(0, path.indexOf(question) + 1);
    for (const other of questions) {
      if (path.includes(other) && other !== question) continue;
      for (const button of other.querySelectorAll("[data-choose]")) press(button, false);
    }
    press(answer.querySelector("[data-choose]"), true);
    const next = byKey.get(answer.dataset.leadsTo);
    if (next) path.push(next);
    show();
    if (next) textOf(next).focus();
  };

  for (const question of questions) {
    for (const answer of question.querySelectorAll("[data-answer]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-ghost no-print";
      button.dataset.choose = "";
      button.textContent = answer.dataset.answer;
      press(button, false);
      button.addEventListener("click", () => choose(question, answer));
      answer.prepend(button);
    }
  }

  tree.querySelector("[data-restart]").addEventListener("click", () => {
    for (const button of tree.querySelectorAll("[data-choose]")) press(button, false);
    path = [questions[0]];
    show();
    textOf(questions[0]).focus();
  });

  if (questions.length) {
    tree.dataset.ready = "";
    path = [questions[0]];
    show();
  }
}
