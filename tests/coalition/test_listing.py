"""The members: by place, kind and field, in the reader's language where they wrote in it."""

import pytest

from coalition.models import FacadeSlot
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/koalicja/"


def titles(response) -> list[str]:
    assert response.status_code == 200
    return [page.title for page in response.context["results"].object_list]


class TestFilters:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def members(cls, tree):
        brama = factories.member(title="Brama", districts=["krakow-1", "krakow-11"], fields=["space", "sport"])
        factories.member(title="Azory", kind="informal-group", districts=["krakow-4"], fields=["sport"])
        factories.member(
            title="Nadodrze", kind="association", districts=["wroclaw-nadodrze"], fields=["social-economy"]
        )
        factories.member(title="Szkic", live=False)
        factories.translated(brama, lead="What we do.")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Azory", "Brama", "Nadodrze"]),
            ("district=krakow-1", ["Brama"]),
            ("district=krakow-11", ["Brama"]),
            ("district=krakow", ["Azory", "Brama"]),
            ("district=wroclaw", ["Nadodrze"]),
            ("kind=informal-group", ["Azory"]),
            ("field=sport", ["Azory", "Brama"]),
            ("field=space", ["Brama"]),
            ("district=krakow&field=sport&kind=foundation", ["Brama"]),
            ("district=wroclaw&field=sport", []),
        ],
    )
    def test_each_filter_narrows_the_list(self, client, query, expected):
        assert titles(client.get(f"{ADDRESS}?{query}")) == expected

    @pytest.mark.parametrize("query", ["district=krakow-0", "district=krakow-99", "kind=%27", "field=soc", "page=7"])
    def test_odd_values_are_ignored(self, client, query):
        assert titles(client.get(f"{ADDRESS}?{query}")) == ["Azory", "Brama", "Nadodrze"]

    def test_every_member_is_in_the_english_list_in_english_where_there_is_english(self, client):
        response = client.get("/en/coalition/")
        shown = [(page.title, page.language) for page in response.context["results"].object_list]
        assert shown == [("Azory", "pl"), ("Brama", "en"), ("Nadodrze", "pl")]

    def test_tiles_count_members_and_lead_to_their_district(self, client):
        tiles = {tile.code: tile for tile in client.get(ADDRESS).context["tiles"]}
        assert len(tiles) == 19
        assert (tiles["krakow-1"].count, tiles["krakow-1"].url) == (1, "?district=krakow-1")
        assert (tiles["krakow-18"].count, tiles["krakow-18"].url) == (0, "")
        assert tiles["wroclaw"].count == 1


class TestWindows:
    def slots(self):
        return list(FacadeSlot.objects.order_by("number").values_list("number", "member"))

    def test_who_is_published_gets_a_window(self):
        member = factories.member(live=False)
        assert not FacadeSlot.objects.exists()
        member.save_revision().publish()
        assert [key for _number, key in self.slots()] == [member.translation_key]

    def test_nobodys_window_moves_when_somebody_leaves_or_publishes_again(self):
        first, second, third = (factories.member() for _number in range(3))
        before = self.slots()
        first.unpublish()
        second.delete()
        third.save_revision().publish()
        assert self.slots() == before

    def test_a_translation_shares_the_window(self):
        member = factories.member()
        factories.translated(member)
        assert len(self.slots()) == 1

    def test_who_comes_back_finds_the_old_window(self):
        first = factories.member()
        factories.member()
        before = self.slots()
        first.unpublish()
        factories.member()
        first.save_revision().publish()
        assert self.slots()[: len(before)] == before

    def test_a_member_always_works_in_its_home_district(self):
        member = factories.member(districts=["krakow-3"])
        member.home_district = "krakow-5"
        member.full_clean()
        assert list(member.districts) == ["krakow-5", "krakow-3"]

    def test_the_street_shows_each_window_with_its_name(self, client):
        factories.member(title="Klub „Za <Rogiem>”")
        shown = client.get("/").content.decode()
        assert "Klub „Za &lt;Rogiem&gt;”" in shown
        assert "<Rogiem>" not in shown
