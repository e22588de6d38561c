"""The list of devices names each as its owner would."""

import pytest
from django.utils import translation

from accounts.devices import device_name

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("says", "name"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/141.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
            "Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("curl/8.5.0", "nieznana przeglądarka"),
        ("", "nieznana przeglądarka"),
    ],
)
def test_a_device_is_named_by_what_its_owner_calls_it(says, name):
    with translation.override("pl"):
        assert device_name(says) == name
