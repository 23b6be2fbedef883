"""Calls to addresses that people gave: never into our own network, short, small, without redirects (goal G12)."""

import datetime
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest

from huiguan import calling
from huiguan.calling import Forbidden, NoAnswer, NotCalled, post
from tests.support.sinks import HttpSink, closed_port, http_sink

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1",  # noqa: S104
    "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.0.1", "100.64.0.1",
    "100.127.255.255", "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
# Other ways to write this machine's or a private address, as they stand in a URL.
DISGUISED = [
    "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "localhost",
    "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost", "[::1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[fe80::1%25lo]", "3232235521", "0xa9fea9fe", "user@127.0.0.1",
    "example.com@127.0.0.1", "127.0.0.1#.example.com", "127.0.0.1?.example.com", "①②⑦.⓪.⓪.①",
    "127.0.0.1.", "0x7f.1", "[fd00::1]", "[::ffff:0a00:0001]", "[64:ff9b::7f00:1]",
]  # fmt: skip
OTHER_SCHEMES = [
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1/",
    "unix:///var/run/x",
    "dict://127.0.0.1/",
]


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    with http_sink() as made:
        yield made


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a socket was to be connected to."""
    tried: list[Any] = []

    def note(address: Any, *_arguments: Any, **_options: Any) -> Any:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", note)
    return tried


def written(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def test_the_list_of_targets_is_long_enough() -> None:
    assert len({*PRIVATE, *DISGUISED, *OTHER_SCHEMES}) >= 80


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_connected_to(address: str, no_connection: list[Any]) -> None:
    with pytest.raises(NotCalled):
        post(f"http://{written(address)}/")
    assert no_connection == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(
    address: str, no_connection: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [answer("203.208.60.1"), answer(address)])
    with pytest.raises(Forbidden):
        post("http://hooks.example.com/")
    assert no_connection == []


@pytest.mark.parametrize("host", DISGUISED)
def test_a_disguised_address_is_not_connected_to(host: str, sink: HttpSink, no_connection: list[Any]) -> None:
    for url in (f"http://{host}/", f"http://{host}:{sink.port}/"):
        with pytest.raises(NotCalled):
            post(url)
    assert (no_connection, sink.connections) == ([], 0)


@pytest.mark.parametrize("url", OTHER_SCHEMES)
def test_another_scheme_is_not_spoken(url: str, no_connection: list[Any]) -> None:
    with pytest.raises(NotCalled):
        post(url)
    assert no_connection == []


@pytest.mark.parametrize("address", ["8.8.8.8", "203.208.60.1", "2400:3200::1", "64:ff9b::808:808"])
def test_a_public_address_may_be_called(address: str) -> None:
    assert calling._is_public(ipaddress.ip_address(address))


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    no_connection: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means something else a moment later (DNS rebinding) gains nothing."""
    answers = iter([[answer("203.208.60.1")], [answer("127.0.0.1")]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: next(answers))
    with pytest.raises(NotCalled):
        post("http://hooks.example.com/")
    assert no_connection == [("203.208.60.1", 80)]


def test_a_redirect_is_not_followed(sink: HttpSink) -> None:
    sink.reply, sink.headers = (lambda request: (302, b"")), {"Location": f"http://127.0.0.1:{sink.port}/inside"}
    assert post(f"http://127.0.0.1:{sink.port}/", only_public=False).status == 302
    assert [request.path for request in sink.received] == ["/"]


def test_an_answer_that_is_too_long_is_not_read(sink: HttpSink) -> None:
    sink.reply = lambda request: (200, b"x" * (calling.MOST_BYTES + 1))
    with pytest.raises(NoAnswer):
        post(f"http://127.0.0.1:{sink.port}/", only_public=False)


def test_a_server_that_drips_is_left_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:
        began = time.monotonic()
        with dripping(server), pytest.raises(NoAnswer):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/", only_public=False)
    assert 0.3 < time.monotonic() - began < 0.9


def test_nobody_there_is_known_to_be_not_called() -> None:
    with pytest.raises(NotCalled):
        post(f"http://127.0.0.1:{closed_port()}/", only_public=False)


def test_the_certificate_must_be_that_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting to a checked address must not stop asking who is there."""
    server, trust = certificate(tmp_path, "hooks.example.com")
    monkeypatch.setattr(calling, "_trust", lambda: trust)
    with http_sink(server) as sink:
        lead_to(monkeypatch, sink.port)
        sink.reply = lambda request: (200, b'{"errcode": 0}')
        assert post("https://hooks.example.com/").said == {"errcode": 0}
        assert sink.received[0].headers["host"] == "hooks.example.com"
        with pytest.raises(NotCalled):
            post("https://other.example.com/")
        assert len(sink.received) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"\xff", b'"text"'])
def test_an_answer_that_is_no_object_says_nothing(body: bytes) -> None:
    assert calling.Answer(200, body).said == {}


def answer(address: str) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (address, 80))


def lead_to(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Every connection ends at a port of this machine, as if the name had led there."""
    monkeypatch.setattr(calling, "public_addresses", lambda host, asked: ["127.0.0.1"])
    connect = httpcore.SyncBackend.connect_tcp
    monkeypatch.setattr(
        httpcore.SyncBackend, "connect_tcp", lambda self, host, _port, timeout=None: connect(self, host, port, timeout)
    )


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's side of a certificate made here."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begin).not_valid_after(begin + datetime.timedelta(days=3))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    signed = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(secret + signed)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=signed.decode())


def dripping(server: socket.socket) -> Any:
    """One byte of an answer every twentieth of a second, for as long as somebody listens."""
    import threading
    from contextlib import contextmanager, suppress

    over = threading.Event()

    def drip() -> None:
        connection, _address = server.accept()
        with connection, suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
                if over.wait(0.05):
                    return
                connection.sendall(bytes([byte]))

    @contextmanager
    def running() -> Iterator[None]:
        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    return running()
