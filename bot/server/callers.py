"""Who sends a request: its network address, and whether that is Telegram's."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import Request

# https://core.telegram.org/bots/webhooks
TELEGRAM_NETWORKS = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))
Address = IPv4Address | IPv6Address


def caller(request: Request, proxy_header: str) -> Address | None:
    """Return the address of who sent the request; None if it cannot be read.

    With a `proxy_header` it is the last address that this header names, if the connection comes from this
    machine or a private network, where a proxy is. Whoever connects from elsewhere is the caller, whatever
    they write into the header.
    """
    peer = _address(request.client.host if request.client else "")
    if not proxy_header or peer is None or not peer.is_private:
        return peer
    named = request.headers.getlist(proxy_header)
    return _address(",".join(named).rpartition(",")[2].strip()) if named else peer


def is_telegram(address: Address | None) -> bool:
    """Return whether the address belongs to the networks from which Telegram sends updates."""
    return address is not None and any(address in network for network in TELEGRAM_NETWORKS)


def _address(text: str) -> Address | None:
    """Return the address; an IPv4 one that was written as IPv6 is IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
