"""What a web page says about itself: JSON-LD first, then meta elements, then what stands visibly in the page."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from briefing.intake import _json_ld
from briefing.intake._dates import parse_date
from briefing.intake._documents import language_code, web_address
from briefing.intake._normalize import line

# The comment that browsers put into a page they save; the number is the length of the address.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
# In the order of trust: what names the publication before what may be the last change.
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "datepublished", "date.published", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "date", "created",
    "article_date_original", "rnews:datepublished", "og:pubdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_SITES = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_PICTURES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_PICTURE_TEXTS = ("og:image:alt", "twitter:image:alt")
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d|[a-z]{3})[/-](\d\d)(?=[/-])")
# What parts a title from the name of its site.
_TITLE_JOINT = re.compile(r"\s+[|•·–—»-]\s+|\s*[|»]\s*")


class PageFacts(NamedTuple):
    """The facts of a page; what it does not say is None. `base` is the address that those in the page are relative to.

    `picture` is the address of the picture by which the page shows itself, and what it says about it.
    """

    title: str | None
    published: str | None
    source: str | None
    url: str | None
    language: str | None
    authors: tuple[str, ...]
    body: str | None
    base: str | None
    picture: tuple[str, str] | None


def read_facts(tree: HtmlElement, text: str, address: str | None) -> PageFacts:
    """Return what the page says; `text` is its source (for the browser's comment), `address` where it was fetched."""
    meta = _meta(tree)
    data = _json_ld.article(tree)
    url = _address(tree, meta, data, text, address)
    site = _first(meta, _SITES) or data.publisher
    return PageFacts(
        title=_title(tree, meta, data, site),
        published=_published(tree, meta, data) or _date_in(url),
        source=line(site) or _host(url),
        url=url,
        language=_language(tree.get("lang"), data.language, meta.get("og:locale"), meta.get("content-language")),
        authors=data.authors or _authors(tree, meta),
        body=data.body,
        base=_base(tree, address or url),
        picture=_picture(meta),
    )


def _language(*stated: str | None) -> str | None:
    """Return the language that a page states; None when it contradicts itself, as a template in two languages does."""
    codes = dict.fromkeys(filter(None, map(language_code, stated)))
    return next(iter(codes)) if len(codes) == 1 else None


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the meta elements by lower-case name; the first of a name wins."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return meta


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _address(
    tree: HtmlElement, meta: dict[str, str], data: _json_ld.ArticleData, text: str, address: str | None
) -> str | None:
    """Return the page's own address: the first that names a page, not only a site."""
    saved = _SAVED_FROM.search(text, 0, 4096)
    base = address or (saved[1] if saved else None)
    canonical = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    candidates = [*canonical, meta.get("og:url"), data.url, base]
    found = [url for url in (joined(base, candidate) for candidate in candidates if candidate) if url]
    return next((url for url in found if urlsplit(url).path.strip("/") or urlsplit(url).query), next(iter(found), None))


def joined(base: str | None, url: str) -> str | None:
    """Return an address in a page as a whole one, None for what leads to no place on the web."""
    try:
        return web_address(urljoin(base or "", url.strip()))
    except ValueError:  # "http://[" and the like
        return None


def _base(tree: HtmlElement, address: str | None) -> str | None:
    stated = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return joined(address, stated) if stated else address


def _picture(meta: dict[str, str]) -> tuple[str, str] | None:
    address = _first(meta, _PICTURES)
    return (address, line(_first(meta, _PICTURE_TEXTS)) or "") if address else None


def _host(url: str | None) -> str | None:
    return urlsplit(url).netloc.rpartition("@")[2].partition(":")[0].removeprefix("www.") if url else None


def _title(tree: HtmlElement, meta: dict[str, str], data: _json_ld.ArticleData, site: str | None) -> str | None:
    headings = [line(heading.text_content()) for heading in tree.iter("h1")]
    visible = headings[0] if len(headings) == 1 else None
    element = tree.find(".//title")
    candidates = (
        data.headline,
        _first(meta, _TITLES),
        visible,
        element.text_content() if element is not None else None,
    )
    title = next((found for found in map(line, candidates) if found), None)
    return _without_site(title, site) if title else None


def _without_site(title: str, site: str | None) -> str:
    """Return the title without the site's name at its end, when it is the name and stands behind a joint."""
    joints = list(_TITLE_JOINT.finditer(title))
    if not joints or not site:
        return title
    last = title[joints[-1].end() :].casefold()
    return title[: joints[-1].start()] if last in (site.casefold(), site.casefold().replace(" ", "")) else title


def _published(tree: HtmlElement, meta: dict[str, str], data: _json_ld.ArticleData) -> str | None:
    candidates = [data.published, *(meta.get(name) for name in _DATES), *_times(tree)]
    return next((date for date in (parse_date(found) for found in candidates if found) if date), None)


def _date_in(url: str | None) -> str | None:
    """Return the day in an address such as `/2026/nov/22/…`, where newspapers file their stories."""
    found = _DATED_PATH.search(url or "")
    return (
        parse_date(f"{found[3]} {found[2]} {found[1]}" if found[2].isalpha() else "-".join(found.groups()))
        if found
        else None
    )


def _times(tree: HtmlElement) -> Iterator[str | None]:
    """Return the moments marked in the page: those called the publication first, then in the page's order."""
    times = [*tree.iter("time")]
    yield from (
        time.get("datetime") or time.text
        for time in times
        if "publish" in str(time.attrib).lower() or "pubdate" in time.attrib
    )
    yield from (
        element.get("content") or element.get("datetime") for element in tree.xpath('//*[@itemprop="datePublished"]')
    )
    yield from (time.get("datetime") for time in times)


def _authors(tree: HtmlElement, meta: dict[str, str]) -> tuple[str, ...]:
    named = [meta[name] for name in _AUTHORS if name in meta]
    named += [element.text_content() for element in tree.xpath('//*[@rel="author" or @itemprop="author"]')]
    return tuple(name for name in named if _is_name(name))[:1]


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= 100 and "://" not in text and "@" not in text
