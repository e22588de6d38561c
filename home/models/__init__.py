from .base import BasePage, BodyMixin, ListingPage
from .home_page import HomePage
from .images import SiteImage, SiteRendition
from .site_settings import SiteSettings
from .standard_page import AccessibilityPage, StandardPage
from .users import User

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "BodyMixin",
    "HomePage",
    "ListingPage",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "User",
]
