"""What every request keeps to, whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iacctl.network import client as network
from iacctl.network.addresses import redact
from iacctl.network.client import Client, NetworkError, Policy
from iacctl.network.proxies import proxy_for
from tests.install.internet import Answer, Internet, Site, internet

SECRET = {"Authorization": "Bearer hunter2", "X-Private": "yes"}


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Internet]:
    with internet(tmp_path_factory.mktemp("internet")) as found:
        yield found


@pytest.fixture
def client(net: Internet) -> Iterator[Client]:
    net.requests.clear()
    made = Client(Policy(attempts=3, pause=0.0), environment=net.environment)
    yield made
    made.close()


def moved(place: str, status: int = 302) -> Site:
    return lambda request: Answer(status, b"", (("Location", place),))


def flaky(statuses: list[int]) -> Site:
    left = list(statuses)
    return lambda request: Answer(left.pop(0) if len(left) > 1 else left[0], b"body")


def test_an_answer(client: Client, net: Internet) -> None:
    net.sites["a.test"] = lambda request: Answer(200, b"x" * 100_000, (("X-Some", "thing"),))
    with client.request("GET", "https://a.test/p?q=1") as response:
        assert (response.status, response.ok, response.headers["x-some"]) == (200, True, "thing")
        assert response.read(200_000) == b"x" * 100_000
    assert net.requests[0].headers["user-agent"] == "Terraform/1.15.5"
    with (
        client.request("GET", "https://a.test/") as response,
        pytest.raises(NetworkError, match="longer than 10 bytes"),
    ):
        response.read(10)
    with client.request("GET", "https://nobody.test/") as response:
        assert response.status_text == "404 Not Found"


def test_credentials_stay_with_their_host(client: Client, net: Internet) -> None:
    net.sites["b.test"] = moved("https://a.test/end")
    net.sites["a.test"] = lambda request: (
        Answer(200) if request.path == "/end" else moved("https://b.test/next")(request)
    )
    with client.request("GET", "https://a.test/", headers={"X-Plain": "1"}, private=SECRET):
        pass
    seen = [
        (request.url, request.headers.get("authorization"), request.headers.get("x-private"))
        for request in net.requests
    ]
    assert seen == [
        ("https://a.test/", "Bearer hunter2", "yes"),
        ("https://b.test/next", None, None),
        ("https://a.test/end", "Bearer hunter2", "yes"),
    ]
    assert all(request.headers["x-plain"] == "1" for request in net.requests)


@pytest.mark.parametrize(
    "place", ["http://a.test/x", "https://a.test:8443/x", "https://sub.a.test/x", "https://a.test.evil.test/x"]
)
def test_nearly_the_same_host_is_another(place: str, client: Client, net: Internet) -> None:
    net.sites["a.test"] = lambda request: moved(place)(request) if request.path == "/" else Answer(200)
    with client.request("GET", "https://user:hunter2@a.test/", private={"X-Private": "yes"}):
        pass
    assert net.requests[0].headers["authorization"].startswith("Basic ")
    assert "authorization" not in net.requests[-1].headers
    assert "x-private" not in net.requests[-1].headers
    assert len(net.requests) == 2


def test_redirects_end(client: Client, net: Internet) -> None:
    net.sites["a.test"] = moved("https://user:hunter2@a.test/again")
    with pytest.raises(NetworkError, match="stopped after 10 redirects") as caught:
        client.request("GET", "https://a.test/")
    assert len(net.requests) == 11
    assert "hunter2" not in str(caught.value)
    net.sites["a.test"] = moved("file:///etc/passwd")
    with pytest.raises(NetworkError, match='unsupported protocol scheme "file"'):
        client.request("GET", "https://a.test/")


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_what_is_sent_after_a_redirect(status: int, method: str, client: Client, net: Internet) -> None:
    net.sites["a.test"] = lambda request: moved("/end", status)(request) if request.path == "/" else Answer(200)
    with client.request("POST", "https://a.test/", body=b"data"):
        pass
    assert (net.requests[-1].method, net.requests[-1].body) == (method, b"data" if method == "POST" else b"")


@pytest.mark.parametrize(
    ("statuses", "tries", "end"),
    [([500, 200], 2, 200), ([429, 503, 200], 3, 200), ([500], 3, 500), ([501], 1, 501), ([404], 1, 404)],
)
def test_failures_that_may_pass_are_tried_again(
    statuses: list[int], tries: int, end: int, client: Client, net: Internet
) -> None:
    net.sites["a.test"] = flaky(statuses)
    with client.request("GET", "https://a.test/") as response:
        assert response.status == end
    assert len(net.requests) == tries


def test_pauses_grow_and_obey(monkeypatch: pytest.MonkeyPatch, net: Internet) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    patient = Client(Policy(attempts=4, pause=2.0), environment=net.environment)
    net.sites["a.test"] = lambda request: Answer(503)
    patient.request("GET", "https://a.test/").__exit__(None, None, None)
    assert slept == [2.0, 4.0, 8.0]
    net.sites["a.test"] = lambda request: Answer(429, b"", (("Retry-After", "7"),))
    patient.request("GET", "https://a.test/").__exit__(None, None, None)
    assert slept[3:] == [7.0, 7.0, 7.0]
    net.sites["a.test"] = lambda request: Answer(429, b"", (("Retry-After", "9999"),))
    patient.request("GET", "https://a.test/").__exit__(None, None, None)
    assert max(slept) <= 30


def test_certificates_are_checked(net: Internet, tmp_path: Path) -> None:
    net.sites["a.test"] = lambda request: Answer(200)
    stranger = Client(environment={**net.environment, "SSL_CERT_FILE": ""})
    with pytest.raises(NetworkError, match="failed to verify certificate"):
        stranger.request("GET", "https://a.test/")
    broken = Client(environment={**net.environment, "SSL_CERT_FILE": str(tmp_path / "none")})
    with pytest.raises(NetworkError, match="cannot read the certificates"):
        broken.request("GET", "https://a.test/")


def test_what_cannot_be_reached(net: Internet) -> None:
    direct = Client(environment={})
    for url, problem in (
        ("http://127.0.0.1:1/", "refused"),
        ("ftp://a.test/", 'unsupported protocol scheme "ftp"'),
        ("https:///x", "no Host in request URL"),
    ):
        with pytest.raises(NetworkError, match=problem):
            direct.request("GET", url)
    socks = Client(environment={"HTTPS_PROXY": "socks5://127.0.0.1:1"})
    with pytest.raises(NetworkError, match="SOCKS"):
        socks.request("GET", "https://a.test/")


def test_an_answer_that_breaks_off(client: Client, net: Internet) -> None:
    net.sites["a.test"] = lambda request: Answer(200, b"abc", (), 100)
    with client.request("GET", "https://a.test/") as response, pytest.raises(NetworkError):
        response.read(1000)


PROXY = {"HTTPS_PROXY": "http://proxy.test:3128", "http_proxy": "other.test:80"}


@pytest.mark.parametrize(
    ("url", "excluded", "expected"),
    [
        ("https://a.test/", "", "http://proxy.test:3128"),
        ("http://a.test/", "", "http://other.test:80"),
        ("https://localhost/", "", None),
        ("https://127.0.0.1/", "", None),
        ("https://[::1]/", "", None),
        ("https://a.test/", "*", None),
        ("https://a.test/", "b.test, a.test", None),
        ("https://x.a.test/", "a.test", None),
        ("https://a.test/", ".a.test", "http://proxy.test:3128"),
        ("https://x.a.test/", ".a.test", None),
        ("https://x.a.test/", "*.a.test", None),
        ("https://ba.test/", "a.test", "http://proxy.test:3128"),
        ("https://a.test/", "a.test:443", None),
        ("https://a.test/", "a.test:80", "http://proxy.test:3128"),
        ("https://10.1.2.3/", "10.0.0.0/8", None),
        ("https://11.1.2.3/", "10.0.0.0/8", "http://proxy.test:3128"),
        ("https://10.1.2.3/", "10.1.2.3", None),
        ("https://[fd00::1]/", "fd00::/8", None),
    ],
)
def test_proxies(url: str, excluded: str, expected: str | None) -> None:
    assert proxy_for(url, {**PROXY, "NO_PROXY": excluded}) == expected
    assert proxy_for(url, {**PROXY, "no_proxy": excluded}) == expected
    assert proxy_for(url, {}) is None


def test_a_request_from_a_web_server_has_no_proxy() -> None:
    assert proxy_for("http://a.test/", {**PROXY, "REQUEST_METHOD": "GET"}) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://u:hunter2@a.test/x", "https://u:redacted@a.test/x"),
        ("error 'ssh://git:hunter2@a.test': no", "error 'ssh://git:redacted@a.test': no"),
        ("git::https://a.test/x?sshkey=hunter2&ref=v1", "git::https://a.test/x?sshkey=redacted&ref=v1"),
        (
            "s3::https://a.test/b/k?aws_access_key_secret=hunter2",
            "s3::https://a.test/b/k?aws_access_key_secret=redacted",
        ),
        ("https://a.test/?X-Amz-Signature=hunter2#f", "https://a.test/?X-Amz-Signature=redacted#f"),
        (
            "https://u:hunter2@a.test/ https://v:hunter2@b.test/",
            "https://u:redacted@a.test/ https://v:redacted@b.test/",
        ),
        ("https://a.test/x:y@z", "https://a.test/x:y@z"),
        ("ssh://git@a.test/x", "ssh://git@a.test/x"),
        ("token=hunter2 without an address", "token=hunter2 without an address"),
    ],
)
def test_redaction(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_authorities_of_the_system() -> None:
    assert network.trust({}).verify_mode.name == "CERT_REQUIRED"
