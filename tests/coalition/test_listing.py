"""The members: by place, kind and field, in the reader's language where they wrote in it."""

import re

import lxml.html
import pytest

from coalition.models import FacadeSlot, MemberPage
from tests import factories
from tests.reading import source, titles

pytestmark = pytest.mark.django_db
ADDRESS = "/koalicja/"


def tree_of(response) -> lxml.html.HtmlElement:
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


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
        assert (tiles["krakow-1"].count, tiles["krakow-1"].url) == (1, "?district=krakow-1#members")
        assert (tiles["krakow-18"].count, tiles["krakow-18"].url) == (0, "")
        assert tiles["wroclaw"].count == 1

    @pytest.mark.parametrize("address", ["/", "/en/"])
    def test_a_house_leads_to_the_list_of_its_own_members(self, client, address):
        factories.member(title="Gdzie indziej", districts=["krakow-1", "krakow-4"])
        FacadeSlot.objects.filter(zone="wroclaw").update(number=60)  # above the sixth floor: in the list only
        houses = client.get(address).context["page"].hero.houses
        assert [(house.zone, house.count) for house in houses] == [
            ("wroclaw", 1),
            ("srodmiescie", 2),
            ("krowodrza", 1),
            ("podgorze", 0),
            ("nowa-huta", 0),
        ]
        for house in houses:
            assert len(titles(client.get(house.url))) == house.count, house.zone
        words = tree_of(client.get(address)).xpath("//li[starts-with(@class, 'house-')]//small/a/@href")
        assert words == [houses[0].url]

    def test_a_house_is_an_option_of_the_filter_only_while_it_is_chosen(self, client):
        def values(query):
            (field,) = [f for f in client.get(f"{ADDRESS}{query}").context["filters"].fields if f.name == "district"]
            return {option.value for option in field.options}

        assert "zone-krowodrza" not in values("")
        assert "zone-krowodrza" in values("?district=zone-krowodrza")

    def test_districts_stand_under_their_city(self, client):
        shown = source(client.get(ADDRESS))
        assert re.findall('<optgroup label="(.+?)">', shown) == ["Kraków", "Wrocław"]

    def test_a_filter_leads_to_the_list(self, client):
        response = client.get(f"{ADDRESS}?district=krakow-1&field=sport")
        filters = response.context["filters"]
        assert 'action="#members"' in source(response)
        for link in (filters.clear_url, *(chosen.remove_url for chosen in filters.selected)):
            assert link.endswith("#members")

    def test_the_title_of_a_filtered_list_says_what_it_shows(self, client):
        head = client.get(f"{ADDRESS}?district=krakow-1").context["head"]
        assert head.title.startswith("I\N{NO-BREAK SPACE}Stare Miasto – Koalicja")

    def test_a_link_to_a_polish_profile_says_so_on_an_english_page(self, client):
        by_url = {link.get("href"): link for link in tree_of(client.get("/en/coalition/")).xpath("//h3/a")}
        azory = by_url[MemberPage.objects.get(title="Azory").url]
        assert azory.get("hreflang") == "pl"
        assert "(in Polish)" in azory.text_content()
        assert not [link for url, link in by_url.items() if url.startswith("/en/") and link.get("hreflang")]

    def test_a_window_with_a_polish_profile_says_so_on_an_english_page(self, client):
        shown = source(client.get("/en/"))
        assert 'aria-label="Azory (in Polish)"' in shown
        assert 'aria-label="Brama"' in shown


class TestPlaces:
    @pytest.mark.parametrize(
        ("codes", "words"),
        [
            (["krakow-1", "krakow-5"], "I\N{NO-BREAK SPACE}Stare Miasto, V\N{NO-BREAK SPACE}Krowodrza"),
            (["wroclaw-krzyki-partynice", "wroclaw-borek"], "Wrocław: Krzyki-Partynice, Borek"),
            (["krakow-1", "wroclaw-borek"], "I\N{NO-BREAK SPACE}Stare Miasto; Wrocław: Borek"),
        ],
    )
    def test_a_city_is_named_once(self, codes, words):
        assert MemberPage(districts=codes).places == words


class TestJoining:
    def test_without_a_page_about_joining_nothing_leads_there(self, client):
        assert "Dołącz" not in source(client.get("/"))
        assert "Dołącz" not in source(client.get(ADDRESS))

    def test_the_page_about_joining_is_a_click_away(self, client):
        join = factories.standard_page(title="Dołącz", slug="dolacz")
        index = factories.section("coalition")
        index.join = join
        factories.publish(index)
        assert tree_of(client.get(ADDRESS)).xpath("//main//a[@href='/dolacz/']")
        # the button, the sign on the plot, the words under it
        assert len(tree_of(client.get("/")).xpath("//main//a[@href='/dolacz/']")) == 3

    def test_an_english_street_leads_to_the_english_page_about_joining(
        self, client, django_capture_on_commit_callbacks
    ):
        join = factories.standard_page(title="Dołącz", slug="dolacz")
        index = factories.section("coalition", "en")
        index.join = join
        factories.publish(index)
        shown = tree_of(client.get("/en/coalition/"))
        assert "(in Polish)" in shown.xpath("//a[@href='/dolacz/']")[0].text_content()
        with django_capture_on_commit_callbacks(execute=True):
            factories.translated(join, slug="join")
        assert tree_of(client.get("/en/coalition/")).xpath("//a[@href='/en/join/']")


class TestWindows:
    def slots(self):
        return list(FacadeSlot.objects.order_by("number").values_list("number", "member"))

    def test_who_is_published_gets_a_window(self):
        member = factories.member(live=False)
        assert not FacadeSlot.objects.exists()
        factories.publish(member)
        assert [key for _number, key in self.slots()] == [member.translation_key]

    def test_nobodys_window_moves_when_somebody_leaves_or_publishes_again(self):
        first, second, third = (factories.member() for _number in range(3))
        before = self.slots()
        first.unpublish()
        factories.remove(second)
        factories.publish(third)
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
        factories.publish(first)
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
