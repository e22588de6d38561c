"""Texts of models without versions are cleaned whenever they are saved, by a form or by a command."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.signals import pre_save
from taggit.models import Tag
from wagtail.models import Comment, CommentReply

from approval.field_cleaning import clean_texts
from approval.models import GatedMixin

STOCK_MODELS = (Tag, Comment, CommentReply)
"""Those of other packages that hold words of people here."""


def connect() -> None:
    """Called once, when all models are there."""
    for model in models_with_words():
        if not issubclass(model, GatedMixin):
            pre_save.connect(clean_before_save, sender=model, dispatch_uid=f"clean-{model._meta.label}")


def models_with_words() -> list[type[models.Model]]:
    """All models of this project, and of other packages those that hold words of people."""
    ours = [model for model in apps.get_models() if _is_ours(model) and getattr(model, "holds_words_of_people", True)]
    return [*ours, *STOCK_MODELS]


def _is_ours(model: type[models.Model]) -> bool:
    return Path(apps.get_app_config(model._meta.app_label).path).parent == Path(settings.BASE_DIR)


def clean_before_save(sender: type[models.Model], instance: models.Model, raw: bool, **signal: Any) -> None:
    if not raw:
        clean_texts(instance)
