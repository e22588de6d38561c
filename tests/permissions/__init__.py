"""Who is answered what at each address of the site: the table (table.py), and the site asked all of it."""
