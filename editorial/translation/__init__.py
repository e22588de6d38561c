"""Translations: where they stand, how they are begun, and what they are translated from."""
