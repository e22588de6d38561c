"""What kills.py runs: the people, what is killed, and what must be true in the end (`manage.py shell -c`)."""
