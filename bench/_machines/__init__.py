"""What several_machines.py runs: its servers, and what it does on the site's side (`manage.py shell -c`)."""
