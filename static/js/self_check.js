// Counts on the reader's own device. Nothing is kept or sent: whoever comes back begins anew.
for (const check of document.querySelectorAll("[data-self-check]")) {
  const questions = [...check.querySelectorAll("fieldset")];
  const results = [...check.querySelectorAll("[data-first]")];
  const state = check.querySelector("[data-state]");
  const again = check.querySelector("[data-again]");

  const tell = () => {
    const answers = questions.map((question) => question.querySelector("input:checked")?.value);
    const done = answers.filter((answer) => answer !== undefined).length;
    const points = answers.filter((answer) => answer === "1").length;
    const isWhole = done === questions.length;
    let found = null;
    for (const result of results) {
      const fits = isWhole && points >= Number(result.dataset.first) && points <= Number(result.dataset.last);
      result.classList.toggle("is-result", fits);
      if (fits) found = result;
    }
    again.hidden = !done;
    state.textContent = found
      ? state.dataset.resultWords
          .replace("{points}", points)
          .replace("{title}", found.querySelector("[data-title]").textContent)
      : state.dataset.words.replace("{done}", done).replace("{count}", questions.length);
  };

  check.addEventListener("change", tell);
  check.querySelector("[data-clear]").addEventListener("click", () => {
    for (const input of check.querySelectorAll("input:checked")) input.checked = false;
    tell();
    check.querySelector("input")?.focus();
  });
  check.dataset.ready = "";
  tell();
}
