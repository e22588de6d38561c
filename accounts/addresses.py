"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

OWN_NETWORKS = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
"""Where our own proxies stand (RFC 1918, RFC 4193)."""
SOCKET = ipaddress.ip_address("127.0.0.1")
"""Where the proxy speaks through a socket, it has no address."""


def client_address(request: HttpRequest) -> str:
    """The address that `request` comes from: what our own proxies say, and nobody else.

    A proxy stands on this machine or in its network, and adds whom it serves at the end of `X-Forwarded-For`; what
    stands before was written by the reader.
    """
    direct = _parsed(request.META.get("REMOTE_ADDR", "")) or SOCKET
    forwarded = [part for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    is_ours = any(direct in network for network in OWN_NETWORKS)
    told = forwarded[-settings.PROXIES] if is_ours and len(forwarded) >= settings.PROXIES > 0 else ""
    return str(_parsed(told) or direct)


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
