"""Requests to addresses that people or providers gave: short, small, without redirects, and never into our own network.

The address that was checked is the one that is connected to, so a name that changes its meaning between the two
gains nothing. [docs/security.md, rule 19]
"""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import httpcore
import httpx

SECONDS = 5.0  # for the whole call, from the first packet to the last
MOST_BYTES = 64 * 1024
UNICAST, NAT64 = ipaddress.IPv6Network("2000::/3"), ipaddress.IPv6Network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotCalled(Exception):
    """Nothing was sent: the address cannot be resolved or reached."""


class Forbidden(NotCalled):
    """The address leads to where nobody outside may send us."""


class NoAnswer(Exception):
    """The request may have been sent, and no whole answer came back in time."""


class Answer(NamedTuple):
    """`said` is the body as JSON; an empty object when it is none."""

    status: int
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def post(url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, only_public: bool = True) -> Answer:
    """POST and read the answer. `only_public=False` is for an address that the operator of the installation gave."""
    careful = _Careful(time.monotonic() + SECONDS, only_public)
    try:
        with httpcore.ConnectionPool(ssl_context=_trust(), network_backend=careful) as pool:
            answer = pool.request("POST", _written(url), headers=list((headers or {}).items()), content=body)
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.UnsupportedProtocol) as error:
        raise NotCalled(type(error).__name__) from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise NoAnswer(type(error).__name__) from error
    return Answer(answer.status, answer.content)


def public_addresses(host: str, port: int) -> list[str]:
    """Where a name leads. Raises Forbidden when any of its addresses is not on the public internet."""
    found = _resolved(host, port)
    if not all(_is_public(ipaddress.ip_address(each)) for each in found):
        raise Forbidden(host)
    return found


def _written(url: str) -> httpcore.URL:
    try:
        return httpcore.URL(url)
    except (TypeError, ValueError) as error:
        raise NotCalled("this is no address") from error


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotCalled("unknown host") from error
    return [str(address[0]).partition("%")[0] for _family, _kind, _protocol, _name, address in found]


def _is_public(address: Address) -> bool:
    """Also of what is wrapped: an IPv6 address that carries a private IPv4 one is as private."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    inner = _carried(address)
    return _is_public(inner) if inner else address.is_global and address in UNICAST


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Careful(httpcore.NetworkBackend):
    """Connects to what was checked, until the time is up."""

    def __init__(self, until: float, only_public: bool) -> None:
        self.until, self.only_public = until, only_public
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = public_addresses(host, port) if self.only_public else _resolved(host, port)
        return _Short(self._first(addresses, port), self.until)

    def _first(self, addresses: list[str], port: int) -> httpcore.NetworkStream:
        """The first that answers; a machine without IPv6 goes on with the next."""
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError):
                return self.sockets.connect_tcp(address, port, _left(self.until))
        return self.sockets.connect_tcp(addresses[-1], port, _left(self.until))


class _Short(httpcore.NetworkStream):
    """A stream that ends with its time, however slowly the other side drips, and when too much has come."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self.stream, self.until, self.room = stream, until, MOST_BYTES

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.room <= 0 or time.monotonic() > self.until:
            raise httpcore.ReadError("the answer is too long, or took too long")
        found = self.stream.read(min(max_bytes, self.room), _left(self.until))
        self.room -= len(found)
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.until))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.stream.start_tls(ssl_context, server_hostname, _left(self.until))
        return _Short(inner, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(until: float) -> float:
    """Seconds until the time is up, and never none: the next wait then ends at once, as what it was."""
    return max(until - time.monotonic(), 0.001)
