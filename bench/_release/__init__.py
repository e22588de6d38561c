"""What release_readers.py does on the site's side, each in a process of its own: `manage.py shell -c`."""
