"""Files for translators outside the house: out as PO or XLIFF, back in as drafts."""
