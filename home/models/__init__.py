from .base import BasePage
from .body import BodyMixin
from .documents import SiteDocument
from .fact import Fact, FactWords
from .file_text import FileText
from .home_page import HomePage
from .images import SiteImage, SiteRendition
from .item_page import ItemPage
from .listing_page import ListingPage
from .pictures import LeadImageMixin, PictureMixin
from .search import SearchRecommendation, SearchSynonym
from .search_counts import SearchedWords, UnknownWords
from .setup_page import SetupPage
from .site_settings import SiteSettings
from .standard_page import AccessibilityPage, StandardPage
from .terms import PageTerm
from .topics import TopicTranslation
from .users import User

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "BodyMixin",
    "Fact",
    "FactWords",
    "FileText",
    "HomePage",
    "ItemPage",
    "LeadImageMixin",
    "ListingPage",
    "PageTerm",
    "PictureMixin",
    "SearchRecommendation",
    "SearchSynonym",
    "SearchedWords",
    "SetupPage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "TopicTranslation",
    "UnknownWords",
    "User",
]
