"""The index in the site's own database: SQLite or PostgreSQL."""

from search.database.backend import DatabaseIndex

__all__ = ["DatabaseIndex"]
