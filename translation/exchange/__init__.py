"""Pages as PO files for translators outside the house: out, and back in as drafts."""
