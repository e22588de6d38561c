"""One of each thing that an address can be about. All of it is somebody else's than the people of the table."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
    Site,
    Task,
    UploadedFile,
    Workflow,
)

from accounts import invitations
from approval import emergency, roles
from catalog.models import ChapterFeedback, EditionsPage
from home.models import SearchRecommendation, SearchSynonym, SiteDocument, SiteImage, SiteSettings, User
from newsroom.models import PagePattern
from tests import factories
from tests.addresses import Address, filled
from tests.records import last
from tests.workflow import draft_of, fresh, news_index, person, publish_properly, submit

PASSWORD = "otworz-sie"


class Scene:
    """Pages are news. `page`: public, and a newer version of it waits for the language editors."""

    def __init__(self) -> None:
        self.writer = person("pisarka", roles.AUTHORS)
        self.team = self.writer, person("lektorka", roles.LANGUAGE_EDITORS), person("szefowa", roles.COORDINATORS)
        self.page = self.waiting(self.public("Public"), "lead")
        self.draft = draft_of(self.writer, "Sent to nobody")
        self.closed = self.public("Closed")
        self.restriction = PageViewRestriction.objects.create(
            page=self.closed, restriction_type="password", password=PASSWORD
        )
        self.urgent = draft_of(self.writer, "Urgent")
        emergency.publish(self.urgent, self.team[2], "Powódź: zbiórka odwołana.", self.urgent.latest_revision_id)
        self.settings = self.waiting(SiteSettings.objects.get(locale=Locale.get_default()), "tagline")
        self.venue = self.waiting(factories.venue(), "room")
        self.template = self.waiting(factories.document_template(), "purpose")
        self.term = self.waiting(factories.term("radny"), "definition")
        words = {"pl": {"label": "Kworum"}, "en": {"label": "Quorum"}}
        self.fact = self.waiting(factories.fact(**words), "checked_by")
        self.synonym = self.waiting(factories.approved(SearchSynonym(words="porada\ndoradztwo")), "only_asked")
        self.recommended = factories.approved(
            SearchRecommendation(words="porada", first_page=self.page, reason="Pytają o to.")
        )
        self.recommended = self.waiting(self.recommended, "reason")
        self.edition = self.waiting(factories.edition(), "notes")
        self.event, self.chapter = factories.event(), factories.chapter()
        self.feedback = ChapterFeedback.objects.create(page=self.chapter, day=factories.day(), helped=False, words="?")
        self.picture, self.document = factories.image(), factories.document()
        self.invited = person("zaproszona", roles.AUTHORS)
        User.objects.filter(pk=self.invited.pk).update(is_active=False)
        self.invitation = invitations.send(fresh(self.invited), self.team[2])
        self.spaces, self.names, self.places = self._by_space(), self._by_name(), self._by_place()
        self.served = {name for name, values in self.names.items() if "address" in values}
        self.common = self._common()

    def public(self, title: str) -> Any:
        return publish_properly(draft_of(self.writer, title), *self.team)

    def waiting(self, text: Any, field: str) -> Any:
        newest = text.get_latest_revision_as_object()
        setattr(newest, field, "Other words")
        newest.save_revision(user=self.writer, log_action=True)
        submit(fresh(text), self.writer)
        return fresh(text)

    def url(self, one: Address, place: str) -> str:
        """The address with what the table asks about: `place` is a key of `places`, or ""."""
        values = {**self.common, **self.spaces.get(one.name.rpartition(":")[0], {}), **self.names.get(one.name, {})}
        values |= self.places.get(place, {})
        return values["address"] if one.name in self.served else filled(one.pattern, values)

    # --- What stands in the parameters

    def _common(self) -> dict[str, Any]:
        page = self.page
        return {
            "*": page.pk,
            **steps_of(page),
            "parent_page_id": page.get_parent().pk,
            "destination_id": news_index("en").pk,
            "content_type_app_name": "news",
            "content_type_model_name": "newspage",
            "app_label": "wagtailcore",
            "model_name": "page",
            "action": "delete",
            "action_name": "approve",
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "language": "en",
            "section": 1,
            "entry": last(self.urgent).pk,
            "token": invitations.token_of(self.invitation),
            "image_id": self.picture.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "filter_spec": "max-100x100",
        }

    def _by_space(self) -> dict[str, dict[str, Any]]:
        images, documents = (self._upload(model) for model in (SiteImage, SiteDocument))
        return {
            "accounts": {"pk": self.writer.pk},
            "wagtailusers_users": {"pk": self.writer.pk},
            "wagtailusers_groups": {"pk": Group.objects.get(role__key=roles.AUTHORS.key).pk},
            "wagtailadmin_collections": dict.fromkeys(("pk", "collection_id"), self._collection().pk),
            "wagtailadmin_workflows": {
                "pk": Workflow.objects.get(workflow_key__key=roles.PUBLICATION.key).pk,
                "app_label": "approval",
                "model_name": "foureyestask",
            },
            "wagtailadmin_api:images": {"pk": self.picture.pk},
            "wagtailadmin_api:documents": {"pk": self.document.pk},
            "wagtailimages": {"uploaded_file_id": images.pk},
            "wagtailimages_chooser": {"pk": self.picture.pk},
            "wagtaildocs": {"uploaded_file_id": documents.pk},
            "wagtaildocs_chooser": {"pk": self.document.pk},
            "wagtailsites": {"pk": Site.objects.get().pk},
            "wagtaillocales": {"pk": Locale.objects.get(language_code="en").pk},
            "wagtailusers_users_chooser": {"pk": self.writer.pk},
            "wagtailsnippets_home_sitesettings": {"pk": self.settings.pk, **steps_of(self.settings)},
            "wagtailsnippets_events_venue": {"pk": self.venue.pk, **steps_of(self.venue)},
            "wagtailsnippets_catalog_glossaryterm": {"pk": self.term.pk, **steps_of(self.term)},
            "wagtailsnippets_home_searchsynonym": {"pk": self.synonym.pk, **steps_of(self.synonym)},
            "wagtailsnippets_home_searchrecommendation": {"pk": self.recommended.pk, **steps_of(self.recommended)},
            "wagtailsnippets_home_fact": {"pk": self.fact.pk, **steps_of(self.fact)},
            "wagtailsnippetchoosers_home_fact": {"pk": self.fact.pk},
            "wagtailsnippetchoosers_home_searchsynonym": {"pk": self.synonym.pk},
            "wagtailsnippetchoosers_home_searchrecommendation": {"pk": self.recommended.pk},
            "wagtailsnippetchoosers_home_sitesettings": {"pk": self.settings.pk},
            "wagtailsnippetchoosers_events_venue": {"pk": self.venue.pk},
            "wagtailsnippets_catalog_edition": {"pk": self.edition.pk, **steps_of(self.edition)},
            "wagtailsnippetchoosers_catalog_edition": {"pk": self.edition.pk},
            "wagtailsnippets_catalog_documenttemplate": {"pk": self.template.pk, **steps_of(self.template)},
            "wagtailsnippetchoosers_catalog_documenttemplate": {"pk": self.template.pk},
            "wagtailsnippetchoosers_catalog_glossaryterm": {"pk": self.term.pk},
            "wagtailredirects": {"redirect_id": Redirect.add_redirect("/stary", self.page).pk},
            "patterns": {"pk": self._pattern().pk},
        }

    def _edition_address(self) -> str:
        return f"{EditionsPage.objects.get(locale=Locale.get_default()).url}{self.edition.number}/"

    def _edition_file(self) -> str:
        return self.edition.file_name("pdf", factories.section("catalog").slug)

    def _by_name(self) -> dict[str, dict[str, Any]]:
        task = Task.objects.get(foureyestask__key="review").pk
        editions = ("catalog_edition_progress", "catalog_edition_draft")
        return {
            **{name: {"pk": self.edition.pk, "kind": "pdf"} for name in editions},
            "catalog_edition_again": {"pk": factories.edition("1.1", live=False).pk},
            **{f"accounts:{name}": {"pk": self.invited.pk} for name in ("invite", "withdraw")},
            "approval:answer": {"pk": self.urgent.pk},
            "newsroom:decide": {"pk": self.page.current_workflow_task_state.pk},
            "wagtailadmin_pages:choose_parent": {"app_label": "news", "model_name": "newspage"},
            "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
            **{f"wagtailadmin_workflows:{name}_task": {"pk": task} for name in ("edit", "disable", "enable")},
            "wagtailadmin_workflows:task_chosen": {"task_id": task},
            "wagtailcore_authenticate_with_password": {
                "page_view_restriction_id": self.restriction.pk,
                "page_id": self.closed.pk,
            },
            "wagtaildocs_authenticate_with_password": {
                "restriction_id": CollectionViewRestriction.objects.create(
                    collection=self._collection(), restriction_type="password", password=PASSWORD
                ).pk
            },
            "wagtail_bulk_action": {"address": f"/admin/bulk/wagtailcore/page/delete/?id={self.page.pk}"},
            **{name: {"number": self.chapter.pk} for name in ("chapter_care", "chapter_feedback")},
            **{f"chapter_feedback_{act}": {"number": self.feedback.pk} for act in ("handle", "remove_words")},
            "chapter_change_hide": {"number": self.chapter.changes.get().pk},
            "chapter_position": {"page_to_move_id": self.chapter.pk},
            "calendar_file": {"address": self.event.ics_url},
            "edition": {"address": self._edition_address()},
            "edition_file": {"address": f"{self._edition_address()}{self._edition_file()}"},
            "document": {"address": self.document.url},
            "template_file": {"address": self.template.address_of("docx")},
            "wagtail_serve": {"address": self.page.url},
            r"((?:[\w\-]+/)*)": {"address": "/_util/authenticate/"},  # what is left to Wagtail's view of pages
        }

    def _by_place(self) -> dict[str, dict[str, Any]]:
        draft, closed = self.draft, self.closed
        return {
            "draft": {
                **dict.fromkeys(("*", "page_id", "page_to_move_id", "pk"), draft.pk),
                "revision_id": draft.latest_revision_id,
                "address": f"{news_index().url}{draft.slug}/",
            },
            "closed": {"address": closed.url},
            "translation": {"*": news_index("en").pk, "parent_page_id": news_index("en").pk},
        }

    def _collection(self) -> Collection:
        root = Collection.get_first_root_node()
        return Collection.objects.filter(name="Zdjęcia").first() or root.add_child(name="Zdjęcia")

    def _upload(self, model: Any) -> UploadedFile:
        kind = ContentType.objects.get_for_model(model)
        return UploadedFile.objects.create(for_content_type=kind, file="mural.png", uploaded_by_user=self.writer)

    def _pattern(self) -> PagePattern:
        kind = ContentType.objects.get_for_model(type(self.page))
        values = {"content_type": kind, "locale": Locale.get_default(), "content": {}, "made_by": self.writer}
        return PagePattern.objects.create(name="Szkolenie", **values)


def steps_of(text: Any) -> dict[str, Any]:
    """The newest version of a text that waits, and where it waits."""
    state = text.current_workflow_task_state
    return {
        "revision_id": text.latest_revision_id,
        "task_state_id": state.pk,
        "task_state": state.pk,
        "task_id": state.task_id,
        "workflow_state_id": state.workflow_state_id,
    }
