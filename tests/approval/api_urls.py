"""The site's addresses, with Wagtail's API mounted on purpose: somebody may do so one day."""

from django.urls import path
from wagtail.api.v3.urls import api

from site_config.urls import urlpatterns as site_urls

urlpatterns = [path("api/v3/", api.urls), *site_urls]
