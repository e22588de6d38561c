"""The licences of all packages that the site runs with; ends with 1 where one isn't among those that may come in.

`make lint` looks at what is installed in .venv, `make audit` at all of them. Tools that only test are left out: they
are neither served nor handed on.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
SETS = ("run", "production", "machines", "sentry", "search")

ALLOWED = re.compile(
    r"MIT( License|-0|-CMU)?|(\d-Clause )?BSD\b.*|Apache\b.*|ISC\b.*|Python Software Foundation License|PSF(L|-2\.0)"
    r"|GNU Library or Lesser General Public License.*|LGPL\b.*"
    r"|MPL-2\.0|Mozilla Public License 2\.0.*|Zlib|Unlicense|CNRI-Python",
    re.IGNORECASE,
)
"""What may be used from a site under the EUPL 1.2: permissive ones, and those that reach no further than their own
files or library. The names are those of SPDX and of PyPI's classifiers."""
READ_BY_US = {
    "qrcode": "BSD-3-Clause AND MIT",  # its classifier “Other/Proprietary” stands for the MIT text of what it came from
}
"""What a package says that no rule understands; somebody has read its licence."""


def locked() -> list[str]:
    """Names of all packages of the locks, sorted."""
    text = "".join((REQUIREMENTS / f"{name}.txt").read_text() for name in SETS)
    return sorted(set(re.findall(r"^([\w.-]+)(?:\[.*?\])?==", text, re.MULTILINE)))


def licence_of(name: str) -> str | None:
    """What the package says of its licence, as an SPDX expression where it can; None where it isn't installed."""
    if name in READ_BY_US:
        return READ_BY_US[name]
    try:
        facts = distribution(name).metadata.json
    except PackageNotFoundError:
        return None
    classified = [one.split(" :: ")[-1] for one in facts.get("classifier", []) if one.startswith("License :: ")]
    classified = [one for one in classified if one != "OSI Approved"]
    said = str(facts.get("license_expression") or " AND ".join(classified) or facts.get("license") or "")
    return said.strip().partition("\n")[0] or "not said"


def is_allowed(licence: str) -> bool:
    """Whether all that has to be kept is allowed: of `A OR B` one, of `A AND B` both."""
    return all(
        any(ALLOWED.fullmatch(one.strip(" ()")) for one in part.split(" OR ")) for part in licence.split(" AND ")
    )


def main() -> None:
    found = {name: licence_of(name) for name in locked()}
    wide = max(map(len, found))
    for name, licence in found.items():
        print(f"{name:<{wide}}  {licence or '(not installed here)'}")
    refused = [name for name, licence in found.items() if licence and not is_allowed(licence)]
    if refused:
        print(f"Not among the licences that may come in (scripts/licences.py): {', '.join(refused)}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
