"""Fills the blog of the Wagtail demo, and nothing else in it: python bakery_posts.py POSTS.json, in its folder."""

import json
import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from bakerydemo.base.models import Person  # noqa: E402
from bakerydemo.blog.models import BlogIndexPage, BlogPage, BlogPersonRelationship  # noqa: E402
from django.core.files import File  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.rich_text import RichText  # noqa: E402


def main() -> None:
    index = BlogIndexPage.objects.get()
    index.get_children().delete()
    index = BlogIndexPage.objects.get()
    people = list(Person.objects.all())
    images = {}
    for number, post in enumerate(json.loads(Path(sys.argv[1]).read_text())):
        picture = Path(post["picture"])
        if picture not in images:
            with picture.open("rb") as file:
                images[picture] = get_image_model().objects.create(
                    title=picture.stem, file=File(file, name=picture.name)
                )
        page = BlogPage(
            title=post["title"],
            slug=post["slug"],
            introduction=post["lead"],
            image=images[picture],
            date_published=date.fromisoformat(post["date"]),
            body=[("paragraph_block", RichText("".join(post["paragraphs"])))],
        )
        page.blog_person_relationship = [BlogPersonRelationship(person=people[number % len(people)])]
        page.tags.add(*post["topics"])
        index.add_child(instance=page)


if __name__ == "__main__":
    main()
