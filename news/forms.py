"""The form of a news item: a translation names the topics of its original in its own language."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from taggit.utils import edit_string_for_tags
from wagtail.admin.forms.tags import validate_tag_length
from wagtail.models import Locale

from home import topics
from home.forms import SitePageForm
from home.topic_widget import TopicWidget
from translation import originals
from translation.pending import PendingChange

LONGEST = Tag._meta.get_field("name").max_length
OTHERS = "others"


class TopicNamesWidget(forms.Widget):
    """A field for the name of each topic of the original, and one for the topics that the original hasn't."""

    use_fieldset = True
    topics: list[Tag]
    shown: dict[str, str]
    others = ""
    original_language = language = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {key: data.get(f"{name}-{key}", "") for key in (*self.shown, OTHERS)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, dict) else {}
        rows = [
            {"topic": topic.name, "key": f"{name}-{topic.pk}", "name": {**self.shown, **typed}[str(topic.pk)]}
            for topic in self.topics
        ]
        shown = {
            "name": name,
            "rows": rows,
            "others": typed.get(OTHERS, self.others),
            "has_others": bool(self.others),
            "longest": LONGEST,
            "original_language": self.original_language,
            "language": self.language,
        }
        return render_to_string("news/topic_names.html", shown)


class TopicNamesField(forms.Field):
    """Cleans to the names that the page carries; `named` keeps which topic, by its number, each of them is for."""

    widget = TopicNamesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named: dict[str, str] = {}

    def clean(self, value: dict[str, str]) -> list[str]:
        typed = {key: topics.as_known([name]) for key, name in value.items() if key != OTHERS}
        self.named = {key: names[0] for key, names in typed.items() if names}
        names = topics.as_known([*self.named.values(), *topics.names_from_text(value.get(OTHERS, ""))])
        validate_tag_length(names)
        return sorted(names)

    def has_changed(self, initial: Any, data: dict[str, str] | None) -> bool:
        """By what was shown: whoever only approves in the editor changes nothing."""
        return data != {**self.widget.shown, OTHERS: self.widget.others}


class NewsPageForm(SitePageForm):
    """Its topics: typed freely in an original, and in a translation one name for each of the original's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tags" in self.fields and self.original is not None:
            self._ask_for_names()
        elif "tags" in self.fields:
            place = self.instance if self.instance.locale_id else self.parent_page.specific  # a preview before any save
            self.fields["tags"].widget = TopicWidget(place.locale.language_code)

    def _ask_for_names(self) -> None:
        locale, mine = self.instance.locale, list(self.instance.tags.all())
        wanted = self.original.tags.all()
        pairs = topics.translations_of(wanted, locale, among=mine)
        if not self.instance.workflow_in_progress:  # nobody's approval puts a name in
            known = dict(topics.translations_of(wanted, locale))
            pairs = [(topic, name or known[topic]) for topic, name in pairs]
        others = self._others(mine, [tag for pair in pairs for tag in pair if tag])
        if not pairs and not others:
            del self.fields["tags"]
            return
        field = TopicNamesField(required=False, label=self.fields["tags"].label)
        field.help_text = gettext_lazy("Each topic in the language of this page. One without a name isn't shown here.")
        field.widget.topics = [topic for topic, _name in pairs]
        field.widget.shown = {str(topic.pk): name.name if name else "" for topic, name in pairs}
        field.widget.others = edit_string_for_tags(others)
        field.widget.original_language = self.original.locale.language_code
        field.widget.language = locale.language_code
        self.fields["tags"] = field

    def _others(self, mine: list[Tag], paired: list[Tag]) -> list[Tag]:
        """Topics of the translation alone: neither the original's, now or once, nor those of other originals."""
        through = type(self.instance).tags.through
        originals_too = through.objects.filter(content_object__locale=self.original.locale, tag__in=mine)
        known = set(originals_too.values_list("tag", flat=True)) | {tag.pk for tag in paired}
        known |= topics.names_of_topics(self.instance.locale)
        return [tag for tag in mine if tag.pk not in known]

    def pending_changes(self) -> list[PendingChange]:
        """With the topics that are new in the original and have no name here yet."""
        found, field = super().pending_changes(), self.fields.get("tags")
        if not isinstance(field, TopicNamesField):
            return found
        said = field.named if "tags" in getattr(self, "cleaned_data", {}) else field.widget.shown
        missing = [topic for topic in field.widget.topics if not said.get(str(topic.pk))]
        before = originals.published_as(self.original, self.instance.source_version) if missing else None
        known = {tag.pk for tag in before.tags.all()} if before is not None else set()
        new = [topic for topic in missing if topic.pk not in known]
        return found + [PendingChange(_("Topics"), f"id_tags-{topic.pk}", topic.name) for topic in new]

    def save(self, commit: bool = True) -> Any:
        """Proposes each name; it counts once the page is published."""
        page, field = super().save(commit), self.fields.get("tags")
        if field is None or page.locale == Locale.get_default():
            return page
        names = {tag.name: tag for tag in page.tags.all()}
        if isinstance(field, TopicNamesField):
            for topic in field.widget.topics:
                if name := names.get(field.named.get(str(topic.pk), "")):
                    topics.propose(topic, page.locale, name)
            names = {name: tag for name, tag in names.items() if name not in field.named.values()}
        for tag in names.values():
            topics.propose(None, page.locale, tag)
        return page
