"""Pictures made fit to be embedded: loaded from beside their page or from the web, decoded under limits, written anew.

What comes in is never passed on: a JPEG or PNG is made of its pixels, without whatever else the file held. The one file
that wraps Pillow.
"""

import binascii
import io
import os
import urllib.parse
import warnings
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._exchange import FetchError, Request
from briefing.intake._picture_links import SMALLEST
from briefing.intake._places import Limits
from briefing.models import Document, Picture, PictureLink, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

# No vector drawings (they can hold scripts and run for ever) and nothing that Pillow leaves to other programs.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# The largest picture that is decoded; a press photo has 24 million pixels, 40 take 120 MB.
_MOST_PIXELS = 40_000_000
# The longer side of what is embedded: a column of 124 mm at 164 dots an inch.
_SIDE = 800
# Above 75 a photo grows by half, and nobody sees it at this size.
_QUALITY = 75
_COLORS = 256  # of a drawing, which is smaller and sharper as PNG

Opener = Callable[[str], bytes]


class Drawn(NamedTuple):
    """A file that was drawn anew."""

    type: Literal["image/jpeg", "image/png"]
    data: bytes
    width: int
    height: int


def illustrated(found: Iterable[Document | Problem], limits: Limits) -> Iterator[Document | Problem]:
    """Return everything in its order, the documents with their pictures; one that cannot be had is a Problem behind.

    All are asked for at once, so everything is read before the first is returned.
    """
    everything = list(found)
    links = [link for each in everything if isinstance(each, Document) for link in each.picture_links]
    fetched = _fetched(dict.fromkeys(link.address for link in links if link.found is None), limits)
    for each in everything:
        if isinstance(each, Document) and each.picture_links:
            results = [(link, link.found or _made(link, fetched.get(link.address))) for link in each.picture_links]
            yield replace(each, pictures=tuple(one for _, one in results if isinstance(one, Picture)), picture_links=())
            for link, one in results:
                if isinstance(one, str):
                    yield Problem(link.address, f"a picture of {each.id}: {one}")
        else:
            yield each


def _fetched(addresses: Iterable[str], limits: Limits) -> dict[str, Drawn | str | None]:
    """Return the picture at each address, or why it cannot be had; None for an icon. Nothing larger is kept."""
    from briefing.intake._fetch_many import fetch_many  # the network is a choice

    requests = [Request(address, subscribed=False) for address in addresses]
    pictures: dict[str, Drawn | str | None] = {}
    for request, outcome in fetch_many(requests, limits) if requests else ():
        try:
            if isinstance(outcome, FetchError):
                raise outcome
            pictures[request.url] = encoded(outcome.blob.data if outcome.blob else b"")
        except InputError as error:
            pictures[request.url] = str(error)
    return pictures


def _made(link: PictureLink, drawn: Drawn | str | None) -> Picture | str | None:
    """Return the picture that a link leads to, or why there is none; None for an icon."""
    return picture_of(link, drawn, link.address) if isinstance(drawn, Drawn) else drawn


def folder_opener(page: str, limit: int) -> Opener:
    """Return what opens the files beside a saved page by their relative addresses, and nothing outside its folder."""
    home = os.path.realpath(os.path.dirname(page) or ".")

    def open_beside(address: str) -> bytes:
        name = urllib.parse.unquote(address.partition("?")[0].partition("#")[0])
        path = os.path.realpath(os.path.join(home, name))
        if ":" in address or "\0" in name or not path.startswith(home + os.sep):
            raise InputError("not in the page's folder")
        try:
            with open(path, "rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise InputError("no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)) from error
        if len(data) > limit:
            raise InputError(f"larger than {limit:,} bytes (the configuration can raise it)")
        return data

    return open_beside


def nothing_beside(address: str) -> bytes:
    """Open nothing: a page that was fetched has no files beside it."""
    raise InputError("not in the page")


def inline(address: str) -> bytes:
    """Return the bytes of a `data:` address (RFC 2397); raise InputError for a damaged one."""
    head, comma, data = address.partition(",")
    if not comma:
        raise InputError("a data: address without data")
    try:
        raw = urllib.parse.unquote_to_bytes(data)
        return b64decode(raw) if head.lower().endswith(";base64") else raw
    except (binascii.Error, ValueError) as error:
        raise InputError(f"a damaged data: address ({error})") from error


def picture_of(link: PictureLink, drawn: Drawn, url: str | None) -> Picture:
    """Return the picture that a link describes."""
    return Picture(
        data=drawn.data,
        type=drawn.type,
        width=drawn.width,
        height=drawn.height,
        alt=link.alt,
        caption=link.caption,
        place=link.place,
        url=url,
    )


def encoded(data: bytes) -> Drawn | None:
    """Return a picture drawn anew at 800 pixels or less, None for one as small as an icon; the same bytes each time.

    Raises InputError for what is no picture, or too large to be decoded.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is left behind
        try:
            return _encoded(data)
        except InputError:
            raise
        except Image.DecompressionBombError as error:  # Pillow looks first
            raise InputError(f"a picture of more than the {_MOST_PIXELS:,} pixels that are decoded") from error
        except Exception as error:  # readers of pictures fail in many ways on files that are damaged, or made to be
            raise InputError("no picture in JPEG, PNG, GIF or WebP, or a damaged one") from error


def _encoded(data: bytes) -> Drawn | None:
    from PIL import Image, ImageOps

    image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
    width, height = image.size
    if width * height > _MOST_PIXELS:
        raise InputError(f"a picture of {width} × {height} pixels, more than the {_MOST_PIXELS:,} that are decoded")
    if min(width, height) < SMALLEST:
        return None
    image.draft("RGB", (2 * _SIDE, 2 * _SIDE))  # a large JPEG is decoded at a half, a quarter or an eighth
    image = _on_white(ImageOps.exif_transpose(image))
    image.info = {}  # comments would be written again
    is_drawing = image.getcolors(_COLORS) is not None
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    photo = _written(image, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    drawing = _written(image.quantize(_COLORS), "PNG", optimize=True) if is_drawing else photo
    return (
        Drawn("image/png", drawing, *image.size)
        if len(drawing) < len(photo)
        else Drawn("image/jpeg", photo, *image.size)
    )


def _written(image: "Image", format: str, **options: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, format, **options)
    return output.getvalue()


def _on_white(image: "Image") -> "Image":
    """Return the first frame in red, green and blue, what shines through it on white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image.convert("RGB")
