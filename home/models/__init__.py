from .base import BasePage, ListingPage
from .body import BodyMixin
from .documents import SiteDocument
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
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "User",
]
