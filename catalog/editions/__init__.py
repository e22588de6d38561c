"""An edition of the handbook: the approved text of all chapters in one language, as PDF and EPUB (docs/editions.md)."""
