"""Join static/css/parts/*.css into static/css/site.css, so that a page asks for one stylesheet.

Parts are joined in the order of their names; cascade layers, not the order of files, decide which
rule wins. Comments and needless blank space go. Addresses in the parts are relative to the parts'
folder and move one level up with the result.

    python scripts/build_css.py           write static/css/site.css
    python scripts/build_css.py --check   exit 1 when site.css is not what the parts make
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
PARTS = CSS / "parts"
OUTPUT = CSS / "site.css"

# Strings and addresses are kept as they are; only what lies between them is squeezed.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|url\([^)"\']*\)|/\*.*?\*/', re.S)


def _squeeze(css: str) -> str:
    """Blank space that no CSS parser needs, without touching `calc(a + b)` or `& + b`."""
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    return css.replace(";}", "}")


def minify(css: str) -> str:
    """`css` without comments and needless blank space; strings and url() stay byte for byte."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        text = match.group()
        if text.startswith("/*"):
            return " "
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    squeezed = _squeeze(_TOKEN.sub(keep, css))
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], squeezed).strip()


def build() -> str:
    """The whole stylesheet as text."""
    parts = sorted(PARTS.glob("*.css"))
    if not parts:
        raise SystemExit(f"No parts in {PARTS}")
    lines = [minify(part.read_text(encoding="utf-8")) for part in parts]
    text = "\n".join(line for line in lines if line) + "\n"
    return text.replace("url(../../", "url(../")


def main(arguments: list[str]) -> int:
    css = build()
    if "--check" not in arguments:
        OUTPUT.write_text(css, encoding="utf-8")
        print(f"static/css/site.css: {len(css.encode()):,} bytes")
        return 0
    if OUTPUT.exists() and OUTPUT.read_text(encoding="utf-8") == css:
        return 0
    print("static/css/site.css is older than static/css/parts: run `make css`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
