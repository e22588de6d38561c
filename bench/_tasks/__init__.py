"""What newsroom_tasks.py and stock_wagtail_tasks.py share: steps, the person who takes them, the site."""
