"""The listing of events in the admin."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_start_is_a_day_and_an_hour_also_when_it_is_still_to_come(admin_client):
    moment = datetime(2190, 12, 23, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
    factories.event(title="Śniadanie", start=moment)
    page = admin_client.get("/admin/events/").content.decode()
    assert "23 grudnia 2190, 09:30" in page
