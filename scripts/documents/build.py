"""Makes catalog/document_files/ from catalog/document_sources/: DOCX, ODT and PDF of each template, in each language.

`make documents` runs this, in a few seconds. The same source gives the same bytes; `--check` only compares.
"""

import sys

import open_text
import pdf
import word
from source import FILES, ROOT, all_sources

KINDS = {"docx": word.build, "odt": open_text.build, "pdf": pdf.build}


def main() -> int:
    made = {source.path(extension): build(source) for source in all_sources() for extension, build in KINDS.items()}
    there = set(FILES.rglob("*.*"))
    stale = [path for path, content in made.items() if path not in there or path.read_bytes() != content]
    needless = sorted(there - made.keys())
    if "--check" in sys.argv:
        for path in (*stale, *needless):
            print(f"{path.relative_to(ROOT)} isn't as its source says: run `make documents`")
        return 1 if stale or needless else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[path])
    for path in needless:
        path.unlink()
    print(f"{len(stale)} of {len(made)} files made, {sum(map(len, made.values())):,} bytes in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
