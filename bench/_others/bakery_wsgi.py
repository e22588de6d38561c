"""The Wagtail demo with a list of twelve posts, as ours and WordPress have it: it shows all of them on one page.

Its row of topics asks for those of each post by itself; here it gets them in one query.
"""

import os

from bakerydemo.wsgi import application

POSTS = int(os.environ["POSTS_PER_PAGE"])

from bakerydemo.blog.models import BlogIndexPage, BlogPage  # noqa: E402 - once Django is set up
from taggit.models import Tag  # noqa: E402


def newest(self, request):
    context = all_of_them(self, request)
    return {**context, "posts": context["posts"][:POSTS]}


def topics(self):
    pages = BlogPage.objects.live().descendant_of(self)
    found = list(Tag.objects.filter(blog_blogpagetag_items__content_object__in=pages).distinct().order_by("name"))
    for tag in found:
        tag.url = f"{self.url}tags/{tag.slug}/"
    return found


all_of_them = BlogIndexPage.get_context
BlogIndexPage.get_context = newest
BlogIndexPage.get_child_tags = topics

__all__ = ["application"]
