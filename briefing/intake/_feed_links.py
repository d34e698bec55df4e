"""The one address of an article: without what tells the publisher where its readers came from."""

import re
from urllib.parse import urlsplit, urlunsplit

from briefing.intake._documents import web_address

# Parameters that count readers: of analytics, mailers, networks and outlets' own. Each was seen in feeds.
_TRACKING = re.compile(
    r"(?:utm_\w+|[a-z]{0,2}clid|msclkid|gclsrc|gbraid|wbraid|igshid|igsh|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|oly_\w+_id|"
    r"vero_\w+|__s|s_cid|cmp(?:id)?|wt_mc|wt_zmc|xtor|ns_\w+|at_(?:medium|campaign|custom\d|link\w*|ptr_name)|"
    r"ftag|ncid|smid|emc|ito|sr_share|ref_?src|guccounter|guce_\w+|_ga|fb_\w+_\w+|spm|pk_\w+|mtm_\w+|hsa_\w+)",
    re.I,
)
# These names mean something elsewhere; with these values they only say that the reader has a feed.
_FEED = re.compile(
    r"(?:source|src|ref|from|partner|medium|via|feature|traffic_source|mod|ocid)=(?:rss\w*|atom|feed)", re.I
)
_PORT = {"http": ":80", "https": ":443"}


def canonical_address(link: str | None) -> str | None:
    """Return an http(s) address in its one form; None for anything else. Scheme and path stay: they can matter."""
    address = web_address(link.strip().replace(" ", "%20")) if link else None
    if not address:
        return None
    try:
        scheme, host, path, query, _ = urlsplit(address)
    except ValueError:  # http://[
        return None
    host = host.lower().removesuffix(_PORT[scheme])
    return urlunsplit((scheme, host, path or "/", _without_tracking(query), "")) if host else None


def same(address: str) -> str:
    """Return what all spellings of an address have in common: not its scheme, login, last `/` and count of readers."""
    canonical = canonical_address(address)
    if not canonical:
        return address
    _, netloc, path, query, _ = urlsplit(canonical)
    return urlunsplit(("", netloc.rpartition("@")[2], path.rstrip("/"), query, ""))


def lasting(address: str, moved_to: str | None) -> str:
    """Return the address to keep: where it has moved to, but for one with a login, which a redirect does not repeat."""
    return address if "@" in urlsplit(address).netloc else moved_to or address


def is_front_page(address: str, home: str | None) -> bool:
    """Tell whether an address is that of a whole site: no entry is known by it."""
    _, _, path, query, _ = urlsplit(address)
    return (path in ("", "/") and not query) or address == canonical_address(home)


def _without_tracking(query: str) -> str:
    """Return a query without parameters that only count readers, the others as they are written."""
    if not query:
        return ""
    return "&".join(each for each in query.split("&") if not _is_tracking(each))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0]
    return bool(_TRACKING.fullmatch(name) or _FEED.fullmatch(parameter))
