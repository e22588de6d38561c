"""Wagtail's search, which the admin asks everywhere, with words made comparable by search.analysis.

`WAGTAILSEARCH_BACKENDS` names `search.admin.sqlite` or `search.admin.postgresql`. Both keep Wagtail's own tables and
write and ask what Wagtail's would; only the words in them are terms. Visitors ask another index (search/index.py),
which knows nothing but public pages.
"""
