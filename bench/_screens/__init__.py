"""What admin.py asks two sites for: their screens, and the process that measures them."""
