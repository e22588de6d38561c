"""Prints how often a Django site asks its database for each address: python queries.py site.wsgi /address/ …"""

import json
import sys
from importlib import import_module


def main() -> None:
    import_module(sys.argv[1])
    from django.db import connection  # noqa: PLC0415 - the module has set Django up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, counts = Client(SERVER_NAME="localhost"), {}
    for address in sys.argv[2:]:
        for _warm in range(2):
            client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts[address] = len(asked)
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main()
