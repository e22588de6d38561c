"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

OWN_NETWORKS = [ipaddress.ip_network(each) for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
OWN_NETWORKS += [ipaddress.ip_network(each) for each in ("::1/128", "fc00::/7")]
"""Where our own proxies stand (RFC 1918, RFC 4193)."""


def client_address(request: HttpRequest) -> str:
    """The address that `request` comes from: what our own proxies say, and nobody else.

    A proxy stands on this machine or in its network, and adds whom it serves at the end of `X-Forwarded-For`; what
    stands before was written by the reader.
    """
    direct = request.META.get("REMOTE_ADDR") or "127.0.0.1"  # empty where the proxy speaks through a socket
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if len(forwarded) >= settings.PROXIES > 0 and any(ipaddress.ip_address(direct) in each for each in OWN_NETWORKS):
        told = forwarded[-settings.PROXIES]
        try:
            return str(ipaddress.ip_address(told))
        except ValueError:
            return direct
    return direct
