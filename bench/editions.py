"""Time and memory of making an edition of what the site holds, in each language.

    DEBUG=1 python -m bench.editions [folder]

Figures: seconds to freeze the text, to make the PDF and the EPUB, and the most memory that this process and its Pandoc
have held. With a folder, the files are kept there to be looked at.
"""

import datetime
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first

from catalog.editions import content, making  # noqa: E402
from catalog.models import Edition  # noqa: E402


def timed(what: str, work: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    found = work()
    print(f"  {what}: {time.perf_counter() - begun:.2f} s")
    return found


def main(folder: str = "") -> None:
    for language, _name in settings.LANGUAGES:
        print(language)
        frozen = timed("freeze", lambda code=language: content.freeze(code))
        facts = {"number": "0.1", "language": language, "date": datetime.date(2026, 11, 30)}
        edition = Edition(licence=frozen["licence"], **facts)
        chapters = sum(len(part["chapters"]) for part in frozen["parts"])
        files = timed(f"both files, {chapters} chapters", lambda one=edition, text=frozen: making.files_of(one, text))
        for kind, made in files.items():
            print(f"  {kind}: {len(made):,} bytes")
            if folder:
                (Path(folder) / f"{language}.{kind}").write_bytes(made)
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "Pandoc")):
        print(f"most memory, {name}: {resource.getrusage(who).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(*sys.argv[1:2])
