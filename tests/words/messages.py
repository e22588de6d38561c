"""Every message in the code of the site and of the packages that it has installed, read without gettext's tools."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

ARGUMENTS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
"""Function → which of its arguments are the context, the message, its plural."""

STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
"""What Django makes of a template's tags for xgettext."""

SKIPPED = {"tests", "test", "migrations", "node_modules", "management"}
"""Parts of packages that no visitor and no member of staff reads: commands speak to operators, in English."""


@dataclass(frozen=True)
class Message:
    context: str | None
    text: str
    plural: str | None = None
    domain: str = "django"

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.text}" if self.context is not None else self.text


# --- Where messages stand -----------------------------------------------------------------------


@cache
def in_code() -> dict[Message, str]:
    """Each message in Python and in templates → a file where it stands."""
    found: dict[Message, str] = {}
    for root, path in _files():
        for message in _messages(path):
            found.setdefault(message, f"{root.name}/{path.relative_to(root)}")
    return found


@cache
def in_catalogues() -> dict[Message, str]:
    """Each message that a package's own English catalogue lists, scripts included."""
    roots = [Path(trans_real.__file__).parents[2] / "conf", *_app_roots()]
    found: dict[Message, str] = {}
    for root in roots:
        for domain in ("django", "djangojs"):
            path = root / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
            for entry in polib.pofile(str(path)) if path.is_file() else ():
                if not entry.obsolete:
                    message = Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None, domain)
                    found.setdefault(message, f"{root.name} ({domain})")
    return found


def _app_roots() -> list[Path]:
    """Not allauth's own, which holds the words of all its parts: those that are installed are apps themselves."""
    return [Path(config.path) for config in apps.get_app_configs() if config.name != "allauth"]


def _files() -> Iterator[tuple[Path, Path]]:
    roots = [root for root in _app_roots() if "django/contrib" not in root.as_posix()]
    own = Path(settings.BASE_DIR)
    for root in [*roots, own / "templates", own / "site_config"]:
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            if path.suffix not in (".py", ".html", ".txt", ".xml") or SKIPPED & set(parts) or not path.is_file():
                continue
            if not _of_another_app(root, path, roots):
                yield root, path


def _of_another_app(root: Path, path: Path, roots: list[Path]) -> bool:
    """Within Wagtail's folder stand apps of its own: installed ones come by themselves, the others don't count."""
    for folder in path.parents:
        if folder == root:
            return False
        if folder in roots or (folder / "apps.py").is_file():
            return True
    return False


# --- Reading ------------------------------------------------------------------------------------


def _messages(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    return _of_python(text) if path.suffix == ".py" else _of_template(text)


def _of_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ARGUMENTS:
                values = [value.value if isinstance(value, ast.Constant) else None for value in node.args]
                yield from _message(name, values)


def _of_template(text: str) -> Iterator[Message]:
    for name, arguments in CALL.findall(templatize(text)):
        yield from _message(name, list(ast.literal_eval(f"({arguments},)")))


def _message(name: str, values: list[object]) -> Iterator[Message]:
    picked = [values[at] if at is not None and at < len(values) else None for at in ARGUMENTS[name]]
    context, text, plural = (value if isinstance(value, str) else None for value in picked)
    if text:
        yield Message(context, text, plural)


# --- Translations -------------------------------------------------------------------------------

NUMBERS = [*range(26), 100, 101, 112, 122]


@cache
def _catalogue(language: str, domain: str) -> trans_real.DjangoTranslation:
    return trans_real.DjangoTranslation(language, domain=domain)


def translations(message: Message, language: str = "pl") -> list[str]:
    """What `message` says in `language`, in each plural form; [] where one is missing."""
    catalogue = _catalogue(language, message.domain)._catalog
    if catalogue is None:
        return []
    if message.plural is None:
        value = catalogue.get(message.key)
        if value is None:  # it is used as one of a pair too
            value = _plural(catalogue, message.key, 1)
        return [value] if value and value.strip() else []
    forms = [_plural(catalogue, message.key, number) for number in NUMBERS]
    return list(dict.fromkeys(forms)) if all(form and form.strip() for form in forms) else []


def _plural(catalogue: trans_real.TranslationCatalog, key: str, number: int) -> str | None:
    try:
        return catalogue.plural(key, number)
    except KeyError:
        return None
