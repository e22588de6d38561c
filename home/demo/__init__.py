"""Demo content: TOML files in every app's `demo_content/`, made into pages.

Each app's `demo.py` says how the facts of its files become fields. Loading is idempotent: a page
that is there is left alone, whatever somebody made of it.
"""

from .entries import FINISH, KINDS, PREPARE, DemoKind, Entry, content_folder
from .loader import Demo
from .people import PEOPLE
from .standard_pages import STANDARD_PAGES

__all__ = ["FINISH", "KINDS", "PEOPLE", "PREPARE", "Demo", "DemoKind", "Entry", "content_folder"]

KINDS.insert(0, STANDARD_PAGES)
