"""Prints the generated news of the site as JSON, for the others to have the same: python bench/_others/posts.py"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"

import django

django.setup()

from news.models import NewsPage  # noqa: E402


def main() -> None:
    news = NewsPage.objects.filter(slug__startswith="pomiar-").select_related("lead_image").order_by("pk")
    posts = [
        {
            "title": page.title,
            "slug": page.slug,
            "lead": page.lead,
            "date": page.date.isoformat(),
            "paragraphs": [part + "</p>" for part in page.body[0].value.source.split("</p>") if part],
            "topics": [topic.name for topic in page.tags.all()],
            "picture": page.lead_image.file.path if page.lead_image else "",
        }
        for page in news
    ]
    json.dump(posts, sys.stdout)


if __name__ == "__main__":
    main()
