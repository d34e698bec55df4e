"""The pictures of articles: found where the article shows them, loaded from where they are, drawn anew under limits."""

import base64
import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw, PngImagePlugin

from briefing.errors import InputError
from briefing.intake import read
from briefing.intake._pictures import encoded
from briefing.intake._places import Limits
from briefing.models import Document, Problem
from tests.web.routes import Route
from tests.web.server import serving

LOOPBACK = Limits(private_hosts=("127.0.0.1",))
PARAGRAPHS = [
    "The old bridge over the Aarn opened again on Saturday, two years after a barge had damaged its second pillar.",
    "About 3,000 people walked across it in the first hour, the harbor office said in the evening of that day.",
    "The repair cost 14.2 million crowns, almost twice what had been planned when the work began in the spring.",
]


def photo(width: int = 600, height: int = 400, format: str = "JPEG", **options: object) -> bytes:
    """Return a picture of many colors."""
    image = Image.radial_gradient("L").resize((width, height))
    output = io.BytesIO()
    Image.merge("RGB", (image, image.rotate(90), image.rotate(180))).save(output, format, **options)
    return output.getvalue()


def drawing(mode: str = "RGB", format: str = "PNG") -> bytes:
    """Return a chart in three colors."""
    image = Image.new(mode, (400, 300))
    ImageDraw.Draw(image).rectangle((40, 40, 300, 200), fill="red", outline="white")
    output = io.BytesIO()
    image.save(output, format)
    return output.getvalue()


def page(*pictures: str, head: str = "", title: str = "A bridge opens") -> str:
    """Return a page with a picture before each of its first paragraphs."""
    between = [*pictures, *[""] * len(PARAGRAPHS)]
    body = "".join(f"{each}<p>{text}</p>" for each, text in zip(between, PARAGRAPHS, strict=False))
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def saved(folder: Path, html: str, **files: bytes) -> str:
    """Save a page with its files as a browser does, and return its path."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    (folder / "page_files").mkdir()
    for name, data in files.items():
        (folder / "page_files" / name.replace("_", ".")).write_bytes(data)
    return str(folder / "page.html")


def illustrated(path: str, limits: Limits = LOOPBACK) -> tuple[Document, list[Problem]]:
    """Return the one article of a path, and the problems."""
    found = list(read([path], limits=limits, pictures=True))
    (document,) = [each for each in found if isinstance(each, Document)]
    return document, [each for each in found if isinstance(each, Problem)]


def size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


def test_pictures_of_a_saved_page_stand_where_the_page_has_them_with_what_is_said_about_them(tmp_path):
    caption = "<figcaption>The bridge. <b>Photo: Brandt</b></figcaption>"
    first = f'<figure><img src="page_files/a.jpg" alt="A bridge">{caption}</figure>'
    path = saved(tmp_path, page(first, "", '<img src="page_files/b.png">'), a_jpg=photo(), b_png=drawing())

    document, problems = illustrated(path)

    bridge, chart = document.pictures
    assert problems == []
    assert (bridge.type, bridge.alt, bridge.caption, bridge.place) == (
        "image/jpeg", "A bridge", "The bridge. Photo: Brandt", 0,
    )  # fmt: skip
    assert (bridge.width, bridge.height) == size(bridge.data) == (600, 400)
    assert (chart.type, chart.alt, chart.caption) == ("image/png", "", "")
    assert document.text[chart.place :] == PARAGRAPHS[2]
    assert document.picture_links == ()


def test_without_being_asked_for_no_picture_is_opened(tmp_path):
    (document,) = read([saved(tmp_path, page('<img src="page_files/a.jpg">'), a_jpg=photo())])

    assert isinstance(document, Document)
    assert document.pictures == ()


@pytest.mark.parametrize(
    "html",
    [
        "<img src='dot.gif' data-src='/photo.jpg'>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-original='photo.jpg'>",
        "<img srcset='/small.jpg 300w, /photo.jpg 1280w, /huge.jpg 4000w' src='/small.jpg'>",
        "<img srcset='/photo.jpg 3x,/small.jpg' src='/small.jpg'>",
        "<img srcset='/small.jpg, /photo.jpg  2.5x , /s.jpg .1y' src='/small.jpg'>",
        f"<img srcset='{'x=' * 50_000}\t0 1w, /photo.jpg 1280w' src='/small.jpg'>",
        "<picture><source type='image/avif' srcset='/p.avif'><source srcset='/photo.jpg 1400w'><img src='/s.jpg'>",
        "<a href='/photo.jpg'><img src='/photo.jpg'></a>",
        "<div class='related'><img src='/other.jpg'></div><img src='/photo.jpg'>",
        "<a href='/elsewhere'><img src='/other.jpg'></a><img src='/photo.jpg'>",
        "<img src='/other.jpg' width='90' height='60'><img src='/photo.jpg'>",
        "<img src='/logo.png'><img src='/drawing.svg'><img src='/photo.jpg'>",
        "<img src='/other.jpg'><figure><img src='/photo.jpg'><figcaption>A bridge</figcaption></figure>",
    ],
)
def test_of_all_that_a_page_shows_the_picture_of_the_article_is_fetched(html):
    routes = {"/news": Route(page(html)), "/photo.jpg": Route(photo())}
    with serving(routes) as server:
        document, problems = illustrated(server.url("/news"))

        assert [picture.url for picture in document.pictures] == [server.url("/photo.jpg")]
        assert problems == []
        assert server.count("/photo.jpg") == 1
        assert len(server.asked) == 2


def test_a_page_without_pictures_in_it_gives_the_one_that_it_shows_of_itself():
    head = '<meta property="og:image" content="/lead.jpg"><meta property="og:image:alt" content="The bridge at noon">'
    with serving({"/news": Route(page(head=head)), "/lead.jpg": Route(photo())}) as server:
        document, _ = illustrated(server.url("/news"))

    (picture,) = document.pictures
    assert (picture.alt, picture.place) == ("The bridge at noon", 0)


def test_what_cannot_be_had_is_a_problem_and_the_article_stays(tmp_path):
    (tmp_path / "outside.jpg").write_bytes(photo())
    (tmp_path / "in").mkdir()
    html = page('<img src="page_files/gone.jpg">', '<img src="../outside.jpg">', '<img src="page_files/text.jpg">')

    document, problems = illustrated(saved(tmp_path / "in", html, text_jpg=b"no picture"))

    assert document.pictures == ()
    assert document.text.startswith("The old bridge")
    assert [(each.input, each.reason.partition(": ")[2]) for each in problems] == [
        ("page_files/gone.jpg", "no such file"),
        ("../outside.jpg", "not in the page's folder"),
        ("page_files/text.jpg", "no picture in JPEG, PNG, GIF or WebP, or a damaged one"),
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "private.jpg").write_bytes(photo())
    (tmp_path / "in").mkdir()
    path = saved(tmp_path / "in", page('<img src="page_files/a.jpg">'))
    (tmp_path / "in" / "page_files" / "a.jpg").symlink_to(tmp_path / "private.jpg")

    document, problems = illustrated(path)

    assert document.pictures == ()
    assert len(problems) == 1


def test_pictures_from_the_web_keep_to_the_limits_of_fetching():
    routes = {
        "/news": Route(page("<img src='/gone.jpg'>", "<img src='/large.jpg'>", "<img src='/dot.jpg'>")),
        "/large.jpg": Route(photo(format="PNG", compress_level=0)),
        "/dot.jpg": Route(photo(40, 40)),
    }
    with serving(routes) as server:
        document, problems = illustrated(server.url("/news"), replace(LOOPBACK, input_bytes=100_000))
        _, private = illustrated(server.url("/news"), Limits())

    assert document.pictures == ()
    assert [each.reason.rpartition(": ")[2][:22] for each in problems] == [
        "the server answers 404",
        "larger than 100,000 by",
    ]
    assert all("private address" in each.reason for each in private)
    assert len(private) == 3


def test_pictures_in_data_addresses_and_in_web_archives_come_with_the_page(tmp_path):
    inline = f"data:image/png;base64,{base64.b64encode(photo(format='PNG')).decode()}"
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://harborpost.example/bridge"
    message.set_content(page(f"<img src='{inline}'>", "<img src='cid:one@x'>", "<img src='/a.jpg'>"), subtype="html")
    message.make_related()
    message.add_related(photo(300, 300), "image", "jpeg", cid="<one@x>")
    message.add_related(photo(200, 200), "image", "jpeg")
    list(message.iter_parts())[-1]["Content-Location"] = "https://harborpost.example/a.jpg"
    (tmp_path / "bridge.mhtml").write_bytes(message.as_bytes())

    document, problems = illustrated(str(tmp_path / "bridge.mhtml"))

    assert problems == []
    assert [picture.width for picture in document.pictures] == [600, 300, 200]


@pytest.mark.parametrize("kind", ["photo", "drawing", "transparent", "palette", "webp", "cmyk", "upright"])
def test_whatever_comes_in_a_small_plain_picture_comes_out_the_same_each_time(kind):
    data = {
        "photo": lambda: photo(3000, 1500, exif=b"Exif\0\0secret", comment=b"secret"),
        "drawing": lambda: drawing(),
        "transparent": lambda: drawing("RGBA"),
        "palette": lambda: drawing("P", "GIF"),
        "webp": lambda: photo(format="WEBP"),
        "cmyk": cmyk,
        "upright": upright,
    }[kind]()

    drawn = encoded(data)

    assert drawn is not None
    assert drawn == encoded(data)
    made = Image.open(io.BytesIO(drawn.data))
    assert made.size == (drawn.width, drawn.height)
    assert max(made.size) <= 800
    assert f"image/{made.format.lower()}" == drawn.type
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(made.info)
    assert b"secret" not in drawn.data


def cmyk() -> bytes:
    output = io.BytesIO()
    Image.new("CMYK", (300, 200), (0, 200, 200, 0)).save(output, "JPEG")
    return output.getvalue()


def upright() -> bytes:
    """Return a picture that lies on its side and says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return photo(600, 300, exif=exif)


def test_a_picture_on_its_side_is_set_upright() -> None:
    drawn = encoded(upright())

    assert drawn is not None
    assert (drawn.width, drawn.height) == (300, 600)


def test_what_shines_through_a_picture_is_white() -> None:
    drawn = encoded(drawing("RGBA"))

    assert drawn is not None
    assert Image.open(io.BytesIO(drawn.data)).convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def bomb(side: int) -> bytes:
    """Return a PNG that says it has so many pixels each way."""
    header = b"\x89PNG\r\n\x1a\n"
    output = io.BytesIO(photo(200, 200, "PNG"))
    data = bytearray(output.getvalue())
    data[16:24] = side.to_bytes(4, "big") * 2
    body = io.BytesIO()
    body.write(header)
    PngImagePlugin.putchunk(body, b"IHDR", bytes(data[16:29]))
    return body.getvalue() + bytes(data[33:])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(7000), "7000 × 7000 pixels, more than the 40,000,000"),
        (bomb(20_000), "more than the 40,000,000 pixels"),
        (photo()[:900], "damaged"),
        (b"", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n", "no picture"),
    ],
)
def test_what_is_no_picture_or_too_large_a_one_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        encoded(data)


def test_an_icon_is_no_picture_of_an_article() -> None:
    assert encoded(photo(64, 64)) is None
