"""docs/permissions.md, made of the table: `python -m tests.permissions.page` writes it."""

from pathlib import Path

from tests.permissions import table

PAGE = Path(__file__).parent.parent.parent / "docs" / "permissions.md"
INTRODUCTION = """# Who may go where

Made of `tests/permissions/table.py` by `python -m tests.permissions.page`; the tests ask the site all of it. An address
that has no row here fails them. Names are those of the resolver.

{legend}

The page that is asked about is somebody else's news: public, and a newer version of it waits for the language editors.
After a name, [POST] is a form that is sent there, and another word in brackets another thing that is asked about: a
`draft` that was sent to nobody, a page that is `closed` by a password. **no role** is an account in no group.

The files of a document template are as open as the page of templates in their language: where that is private or not
public, neither `template_file` nor `document` gives them to visitors, although another page may offer them.

What stands here is the door of each address. Who may approve what, and what else is refused in a screen that opens,
is in [approval.md](approval.md).
"""


def rendered() -> str:
    """The whole page."""
    said = (table.__doc__ or "").split("\n\n")[2]
    legend = "\n".join(f"- **{line.split()[0]}** – {' '.join(line.split()[1:])}" for line in said.splitlines())
    return "\n".join([INTRODUCTION.format(legend=legend), *(_area(title) for title in table.AREAS)])


def _area(title: str) -> str:
    head = f"| address | {' | '.join(table.PEOPLE)} |\n| --- |{' --- |' * len(table.PEOPLE)}"
    lines = [f"| {_listed(names)} | {' | '.join(answers.split())} |" for answers, names in table.AREAS[title]]
    return "\n".join([f"## {title}\n", head, *lines, ""])


def _listed(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(rendered())
