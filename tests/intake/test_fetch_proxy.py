"""Encrypted addresses, and proxies that the environment names: real ones, on the loopback interface."""

from pathlib import Path

import pytest

from briefing.intake import _http
from briefing.intake._fetch import Request, fetch
from briefing.intake._places import Limits
from tests.deliver.server import Certificates, make_certificates
from tests.web.client import LATIN, LIMITS, data, refusal
from tests.web.proxy import proxying
from tests.web.routes import Asked, moved
from tests.web.server import Server, serving

NEWS = "news.example.org"  # a name that only the proxy can look up
LOGIN = "Basic dXNlcjpwQHNz"


def headers(asked: Asked) -> str:
    return repr(sorted(asked.headers))


@pytest.fixture(autouse=True)
def _a_page(server: Server) -> None:
    server.routes |= {"/page": LATIN, "/headers": headers}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(str(tmp_path_factory.mktemp("certificates")))


@pytest.fixture
def _trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(certificates.ca_file, monkeypatch)


def trust(ca_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system trust an authority, as an administrator would."""
    monkeypatch.setenv("SSL_CERT_FILE", ca_file)
    _http._make_tls.cache_clear()


@pytest.fixture(autouse=True, scope="module")
def _forget_trust():
    yield
    _http._make_tls.cache_clear()


def test_a_certificate_of_nobody_is_refused(certificates):
    _http._make_tls.cache_clear()
    with serving({"/page": LATIN}, tls=certificates.server) as secure:
        assert "certificate cannot be trusted" in str(refusal(secure.url("/page")))


def test_a_certificate_of_another_host_is_refused(certificates, monkeypatch):
    trust(certificates.ca_file, monkeypatch)
    with serving({"/page": LATIN}, ["127.0.0.2"], tls=certificates.server) as secure:
        reason = str(refusal(secure.url("/page")))

    assert "IP address mismatch" in reason
    assert "127.0.0.2" in reason


@pytest.mark.usefixtures("_trusted")
def test_an_encrypted_page_is_read_and_may_lead_to_an_open_one(certificates, server):
    with serving({"/page": LATIN, "/down": moved(server.url("/page"))}, tls=certificates.server) as secure:
        assert data(fetch(Request(secure.url("/page")), LIMITS)) == LATIN.body
        assert data(fetch(Request(secure.url("/down")), Limits(private_hosts=("127.0.0.1",)))) == LATIN.body


@pytest.mark.parametrize("named", ["http_proxy", "HTTPS_PROXY", "all_proxy"])
def test_a_proxy_looks_the_name_up_and_is_told_its_login(server, monkeypatch, named):
    with proxying(LOGIN, {NEWS: "127.0.0.1"}) as proxy:
        monkeypatch.setenv(named, f"http://user:p%40ss@127.0.0.1:{proxy.port}")
        if named == "HTTPS_PROXY":  # is for https alone
            assert "no such host" in str(refusal("http://nowhere.invalid/"))
            return
        reply = fetch(Request(f"http://{NEWS}:{server.port}/page", subscribed=False), LIMITS)

    assert data(reply) == LATIN.body
    assert [asked.path for asked in proxy.asked] == [f"http://{NEWS}:{server.port}/page"]
    assert server.asked[0].headers["host"] == f"{NEWS}:{server.port}"


def test_an_encrypted_page_goes_through_a_proxy_that_does_not_see_it(tmp_path: Path, monkeypatch):
    certificates = make_certificates(str(tmp_path), NEWS)
    trust(certificates.ca_file, monkeypatch)
    with (
        serving({"/headers": headers}, tls=certificates.server) as secure,
        proxying(LOGIN, {NEWS: "127.0.0.1"}) as proxy,
    ):
        monkeypatch.setenv("https_proxy", f"user:p%40ss@127.0.0.1:{proxy.port}")
        seen = data(fetch(Request(f"https://{NEWS}:{secure.port}/headers"), LIMITS)).decode()

    assert [asked.path for asked in proxy.asked] == [f"{NEWS}:{secure.port}"]
    assert "proxy-authorization" not in seen
    assert "user-agent" in seen


@pytest.mark.usefixtures("_trusted")
def test_a_proxy_may_itself_be_encrypted(certificates, server, monkeypatch):
    with (
        serving({"/page": LATIN}, tls=certificates.server) as secure,
        proxying(tls=certificates.server) as proxy,
    ):
        monkeypatch.setenv("all_proxy", f"https://127.0.0.1:{proxy.port}")
        assert data(fetch(Request(server.url("/page")), LIMITS)) == LATIN.body
        assert data(fetch(Request(secure.url("/page")), LIMITS)) == LATIN.body

    assert [asked.method for asked in proxy.asked] == ["GET", "CONNECT"]


def test_what_needs_no_proxy_is_asked_directly(server, monkeypatch):
    with proxying() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        fetch(Request(server.url("/page")), LIMITS)

    assert proxy.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "printer", "nas.lan", "0x7f.0.0.1", "2130706433", "[::1]", "10.1.2.3"])
def test_a_proxy_is_no_way_into_a_private_network(server, monkeypatch, host):
    with proxying() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        reason = str(refusal(f"http://{host}:{server.port}/page", subscribed=False))

    assert f'private_hosts = ["{host.strip("[]")}"]' in reason
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("proxied", "reason"),
    [
        ("http://127.0.0.1:9", "the proxy 127.0.0.1:9 that the environment names cannot be reached"),
        ("socks5://127.0.0.1:9", "the environment names a socks5 proxy"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(server, monkeypatch, proxied, reason):
    monkeypatch.setenv("all_proxy", proxied)

    assert reason in str(refusal(server.url("/page")))


def test_a_proxy_that_wants_a_login_says_so(server, monkeypatch):
    with proxying(LOGIN) as proxy:
        monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{proxy.port}")

        assert "answers 407 Proxy Authentication Required" in str(refusal(server.url("/page")))
        assert "proxy answers 407 Proxy Auth" in str(refusal(server.url("/page").replace("http:", "https:")))
