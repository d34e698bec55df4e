"""The pictures that a page shows in its article: where each stands, where it can be had, what is said about it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple
from urllib.parse import unquote

from lxml.etree import _Element
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._blocks import Block
from briefing.intake._normalize import line
from briefing.intake._page_facts import joined
from briefing.intake._places import PAGE_FOLDERS
from briefing.models import PictureLink

MOST = 4  # of one article; a page with more is a gallery
SMALLEST = 120  # pixels; icons and tracking dots are smaller, a portrait in a column is not

# Wide enough for a column of text on a dense screen; of several sizes the next larger one is taken.
_WIDE = 1200
_CAPTION_LENGTH = 500

_BESIDE = frozenset(["nav", "aside", "footer", "button", "form", "head"])
# What pictures call themselves, and the boxes around them, that are not the article's; the files of a site's own marks.
_OTHERS = re.compile(
    r"(?:^|[-_ ])(?:related\w*|promo\w*|recirc\w*|recommend\w*|newsletter|subscri\w*|teaser\w*|outbrain|taboola"
    r"|author\w*|avatar\w*|byline|bio|shar(?:e|ing)|social|comments?|sponsor\w*|advert\w*|ads?|banner|logos?|icons?"
    r"|sprite|emoji|pixel|tracking)(?=$|[-_ ])",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"(?:^|[-_.])(?:logos?|icons?|sprite|pixel|spacer|blank|placeholder|default|fallback|avatar|sharing)(?=$|[-_.])"
)
_ADS = re.compile(r"/ad(?:s|server|verts?)?/|doubleclick")
_FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_ADDRESS = re.compile(r"[\s,]*+(\S++)")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([wx])")
_CAPTION = re.compile("caption", re.IGNORECASE)
# A data address that short is the dot that stands in until the picture is loaded.
_STAND_IN = 1000


Opener = Callable[[str], bytes]


class Shown(NamedTuple):
    """A picture in a page, before the paragraph of a number; its addresses, best first, are as the page has them."""

    paragraph: int
    addresses: tuple[str, ...]
    alt: str
    caption: str


def shown_pictures(tree: _Element, body: Sequence[Block], lead: tuple[str, str] | None) -> list[Shown]:
    """Return the pictures between the title of an article and its end, else the one that the page shows of itself.

    `lead` is the address of that one, and what is said about it. A picture that stands there twice is named once.
    """
    containers = {around for block in body for around in block.element.iterancestors()}
    found: dict[str, Shown] = {}
    for paragraph, image in _images(tree, body):
        addresses = tuple(dict.fromkeys(filter(_is_picture, _addresses(image))))
        if addresses and not _is_beside(image, containers):
            alt = line(image.get("alt")) or ""
            found.setdefault(addresses[0], Shown(paragraph, addresses, alt, _caption(image, containers)))
    if not found and lead and _is_picture(lead[0]):
        return [Shown(0, lead[:1], lead[1], "")]
    return _sparse(found.values())[:MOST]


def _sparse(found: Iterable[Shown]) -> list[Shown]:
    """Return one picture a place, the first with a caption if any: several together are a gallery, or teasers."""
    places: dict[int, Shown] = {}
    for shown in found:
        before = places.get(shown.paragraph)
        if before is None or (shown.caption and not before.caption):
            places[shown.paragraph] = shown
    return list(places.values())


def linked(shown: Shown, place: int, base: str | None, beside: Opener | None) -> PictureLink | None:
    """Return the link of a picture in a page; where pictures are wanted, also the picture that came with the page.

    `place` is where in the article's text it stands, `base` what the addresses of the page are relative to.
    None where there is nothing to be had: it turns out to be an icon, or has no address but that of a file.
    """
    web = next((address for each in shown.addresses if (address := _on_the_web(base, each))), None)
    link = PictureLink(address=web or shown.addresses[0][:200], alt=shown.alt, caption=shown.caption, place=place)
    reason = None
    if beside:
        for address in (*filter(None, [web]), *shown.addresses):
            try:
                return _opened(link, address, beside)
            except InputError as error:
                reason = str(error)
    return link if web else replace(link, found=reason) if reason else None


def _opened(link: PictureLink, address: str, beside: Opener) -> PictureLink | None:
    """Return the link with the picture that came with the page, None for an icon; raise InputError where none came."""
    from briefing.intake._pictures import encoded, inline, picture_of  # only where pictures are wanted

    data = inline(address) if address[:5].lower() == "data:" else beside(address)
    drawn = encoded(data)
    return replace(link, found=picture_of(link, drawn, None)) if drawn else None


def _on_the_web(base: str | None, address: str) -> str | None:
    """Return an address of a page as a whole one; None for the name of a file that was saved beside it."""
    folder = unquote(address.partition("/")[0])
    return None if folder.endswith(PAGE_FOLDERS) else joined(base, address)


def _images(tree: _Element, body: Sequence[Block]) -> Iterator[tuple[int, _Element]]:
    """Yield the images from the page's title to the end of its article, each with the number of what follows it."""
    last = {block.element: number for number, block in enumerate(body)}
    following, is_inside = 0, False
    for element in tree.iter("h1", "img", *{str(element.tag) for element in last}):
        if element.tag == "img" and is_inside:
            yield following, element
        elif element in last:
            following, is_inside = max(following, last[element] + 1), True
            if following == len(body):
                yield from ((following, image) for image in element.iter("img"))
                return
        is_inside = is_inside or element.tag == "h1"


def _is_beside(image: _Element, containers: Set[_Element]) -> bool:
    """Tell whether an image is not the article's own, up to the box that holds its text: an icon, another article's."""
    if any(0 < _pixels(image.get(name)) < SMALLEST for name in ("width", "height")):
        return True
    if _is_teaser(next(image.iterancestors("a"), None)):
        return True
    element: _Element | None = image
    while element is not None and element not in containers:
        if element.tag in _BESIDE or _OTHERS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False


def _is_teaser(link: _Element | None) -> bool:
    """Tell whether a picture's link leads to another page, and not to the picture itself."""
    address = (link.get("href") or "").partition("?")[0].lower() if link is not None else ""
    return bool(address) and not address.startswith("#") and not address.endswith(_FILES)


def _addresses(image: _Element) -> Iterator[str]:
    """Yield where an image can be had: the right one of its sizes, then what stands in until that is loaded."""
    sources = [image]
    for picture in image.iterancestors("picture"):
        sources += [each for each in picture.iter("source") if each.get("type") != "image/avif"]
    if sizes := [size for each in sources for name in _SETS for size in _sizes(each.get(name) or "")]:
        wide_enough = [size for size in sizes if size[0] >= _WIDE]
        yield min(wide_enough)[1] if wide_enough else max(sizes)[1]
    yield from filter(None, ((image.get(name) or "").strip() for name in _SOURCES))


def _sizes(sizes: str) -> Iterator[tuple[float, str]]:
    """Yield width and address of each size in a `srcset`; one for dense screens counts as so many columns wide.

    An address ends at white space, and where that is behind a comma nothing is said of it (HTML Standard, 4.8.4.2.2).
    """
    position = 0
    while found := _ADDRESS.match(sizes, position):
        position = found.end()
        size = None
        if not found[1].endswith(","):
            end = sizes.find(",", position)
            told, position = sizes[position : end if end >= 0 else None], end if end >= 0 else len(sizes)
            size = _SIZE.fullmatch(told.strip())
        number = float(size[1]) if size else 1.0
        yield number if size and size[2] == "w" else number * _WIDE / 2, found[1].rstrip(",")


def _is_picture(address: str) -> bool:
    """Tell whether an address can be a picture's: no drawing (SVG), no stand-in, no name of a site's own marks."""
    if address[:5].lower() == "data:":
        return len(address) > _STAND_IN and not address[:20].lower().startswith("data:image/svg")
    path = address.partition("?")[0].lower()
    is_odd = path.endswith(".svg") or any(character in address for character in '{}"<>')
    return not is_odd and not _ADS.search(path) and not _MARKS.search(path.rpartition("/")[2])


def _caption(image: _Element, containers: Set[_Element]) -> str:
    """Return what stands under an image: the caption of its figure, or of a box that calls itself so."""
    around = image.getparent()
    while around is not None and around not in containers:
        if around.tag == "figure" or _CAPTION.search(around.get("class") or ""):
            named = [each for each in around.iterdescendants() if _is_caption(each)]
            return (line("".join(named[0].itertext())) or "")[:_CAPTION_LENGTH] if named else ""
        around = around.getparent()
    return ""


def _is_caption(element: _Element) -> bool:
    named = isinstance(element.tag, str) and _CAPTION.search(element.get("class") or "")
    return element.tag == "figcaption" or bool(named)


def _pixels(length: str | None) -> int:
    """Return a length in pixels, 0 for one that is not given so."""
    digits = (length or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0
