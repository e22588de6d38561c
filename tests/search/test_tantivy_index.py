"""The index in a folder follows the database, whatever happens between the two."""

import pytest
from django.db import transaction

from search.querying import query_for
from tests.search.test_index_contract import page

tantivy_index = pytest.importorskip("search.tantivy_index")
pytestmark = pytest.mark.django_db


@pytest.fixture
def index(settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path
    return tantivy_index.TantivyIndex()


def full(*anything):
    raise OSError("No space left on device")


@pytest.fixture
def follows(monkeypatch, index):
    """Whether the folder can be written."""

    def says(is_well: bool) -> None:
        monkeypatch.undo()
        monkeypatch.setattr(transaction, "on_commit", _robust)
        if not is_well:
            monkeypatch.setattr(index, "_commit", full)

    return says


def _robust(action, robust=False):
    try:
        action()
    except OSError:
        assert robust, "whoever publishes would get an error for a text that is public"


def found(index):
    return list(index.find(query_for("rada", "pl"), 0, 10).keys)


def test_what_the_folder_could_not_take_is_written_at_night(index, follows):
    follows(False)
    index.write([page(1, "rada")])
    assert index.outdated() == 1 and index.current([1]) == set()
    follows(True)
    index.write([page(1, "rada")])
    assert index.outdated() == 0 and found(index) == [1]


def test_what_the_folder_could_not_forget_is_forgotten_at_night(index, follows):
    follows(True)
    index.write([page(1, "rada")])
    follows(False)
    index.remove([1])
    assert found(index) == [1]
    follows(True)
    index.tidy()
    assert found(index) == []
