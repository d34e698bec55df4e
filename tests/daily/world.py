"""A made-up world for a month of mornings: events that last for days, outlets that tell of them, and feeds that fail.

All of it follows from a seed. Names and nouns are invented, so that two articles share their words when they tell of
one event, and hardly any when they do not. Every morning at seven the feeds are as `serve` leaves them.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

from tests.web.routes import Answer, Route
from tests.web.server import Server

START = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW = 15  # entries that a feed shows

SYLLABLES = "bar bel cor dan dor fen gal har jol kan lor mel nor pol quen ras sol tam ul ven wex yar zin thal mir"
OPENINGS = (
    "The {a} near the {b} has changed how people in {place} think of the {c}, {person} said.",
    "{person} told reporters that the {a} and the {b} were the reason for the {c}.",
    "In {place}, the {a} was seen as a sign that the {b} would follow the {c} before the end of the week.",
    "Nobody at the {org} would say on record why the {a} came before the {b}, or what the {c} had cost.",
    "According to the {org}, the {a} will stand beside the {b} until the {c} has been paid for.",
    "Two witnesses of the {a} said that {person} had warned of the {b} and of the {c} for months.",
    "The {org} of {place} wants to know whether the {a} could have been prevented by the {b} or the {c}.",
)


class Entry(NamedTuple):
    """An article in a feed: when it was published, from which morning on it is shown, and which event it tells of."""

    link: str
    title: str
    text: str
    published: datetime
    shown: int
    feed: int
    event: int


class Failure(NamedTuple):
    """A feed that cannot be read on some mornings."""

    feed: int
    first: int
    last: int
    answer: Route


class Event(NamedTuple):
    """What happens from one morning to another, with the words in which it is told."""

    number: int
    first: int
    last: int
    names: dict[str, str]
    nouns: list[str]


def word(chance: random.Random, syllables: int = 3) -> str:
    """Return an invented noun."""
    return "".join(chance.choice(SYLLABLES.split()) for _ in range(syllables))


class World:
    """Feeds 0 to `feeds` - 1 on the mornings 0 to `days` - 1, as a server shows them."""

    def __init__(self, server: Server, *, seed: int, feeds: int, days: int, events: float = 4.0) -> None:
        """Let everything happen; `events` begin a morning."""
        self.server = server
        self.days = days
        self.feeds = [f"Outlet {number:02} {word(random.Random(number), 2).title()}" for number in range(feeds)]
        self.failures: list[Failure] = []
        self._chance = random.Random(seed)
        self.events = [self._event(number, days) for number in range(int(events * days))]
        self.entries = [entry for event in self.events for entry in self._told(event)]

    def path(self, feed: int) -> str:
        """Return the path of a feed on the server."""
        return f"/feed/{feed}.xml"

    def subscriptions(self, feeds: Sequence[int] | None = None) -> str:
        """Return the file of subscriptions, sections included."""
        numbers = range(len(self.feeds)) if feeds is None else feeds
        lines = (f'{self.server.url(self.path(n))} {("world", "harbor")[n % 2]} "~{self.feeds[n]}"' for n in numbers)
        return "".join(f"{line}\n" for line in lines)

    def serve(self, morning: int) -> None:
        """Show the feeds as they are on a morning."""
        for number in range(len(self.feeds)):
            self.server.routes[self.path(number)] = self._answer(number, morning)

    def shown(self, morning: int) -> list[Entry]:
        """Return the entries of all feeds that can be read on a morning."""
        failing = {each.feed for each in self.failing(morning)}
        return [each for n in range(len(self.feeds)) if n not in failing for each in self._window(n, morning)]

    def failing(self, morning: int) -> list[Failure]:
        """Return what fails on a morning."""
        return [each for each in self.failures if each.first <= morning <= each.last]

    def instant(self, morning: int, hour: int = 7) -> datetime:
        """Return the instant of a run."""
        return START + morning * DAY + timedelta(hours=hour - 7)

    def _event(self, number: int, days: int) -> Event:
        """Return an event; a few have begun before the first morning."""
        chance = random.Random(f"{self._chance.random()} {number}")
        first = chance.randrange(-4, days)
        names = {"person": f"{word(chance, 2)} {word(chance)}".title(), "place": word(chance, 3).title()}
        names["org"] = f"{word(chance)} {word(chance, 2)}".title()
        return Event(number, first, first + chance.choice([0, 0, 1, 2, 3]), names, [word(chance) for _ in range(10)])

    def _told(self, event: Event) -> Iterator[Entry]:
        """Yield what outlets tell of an event, each in its words, some a day or two too late."""
        chance = random.Random(event.number)
        for morning in range(event.first, event.last + 1):
            news = [word(chance) for _ in range(6)]
            for feed in chance.sample(range(len(self.feeds)), min(len(self.feeds), chance.choice([1, 2, 3]))):
                published = self.instant(morning) - timedelta(minutes=chance.randrange(20, 23 * 60))
                late = chance.choice([0] * 9 + [2]) if morning >= 0 else 0
                title = f"{event.names['place']} {event.nouns[0]}: {news[0]} {event.nouns[1]} {news[1]}"
                yield Entry(
                    link=self.server.url(f"/article/{event.number}-{morning}-{feed}"),
                    title=title,
                    text="\n\n".join(self._sentences(chance, event, news)),
                    published=published,
                    shown=morning + late,
                    feed=feed,
                    event=event.number,
                )

    def _sentences(self, chance: random.Random, event: Event, news: Sequence[str]) -> Iterator[str]:
        """Yield the paragraphs of an article: the news first, the background behind."""
        for place, opening in enumerate(chance.sample(OPENINGS, 6)):
            known = chance.sample(event.nouns, 3)
            fresh = chance.sample(news, 3)
            a, b, c = (fresh[0], fresh[1], known[0]) if place < 3 else (known[0], known[1], fresh[2])
            yield opening.format(a=a, b=b, c=c, **event.names)

    def _window(self, feed: int, morning: int) -> list[Entry]:
        """Return what a feed shows on a morning, the newest first."""
        own = [each for each in self.entries if each.feed == feed and each.shown <= morning]
        return sorted(own, key=lambda each: (each.shown, each.published), reverse=True)[:WINDOW]

    def _answer(self, feed: int, morning: int) -> Answer:
        """Return a feed as RSS or Atom, or the failure in its place."""
        failing = [each.answer for each in self.failing(morning) if each.feed == feed]
        if failing:
            return failing[0]
        made = atom if feed % 3 == 0 else rss
        return Route(
            made(self.feeds[feed], self._window(feed, morning)), headers={"Content-Type": "text/xml"}, conditional=True
        )


def rss(title: str, entries: Sequence[Entry]) -> str:
    """Return a feed in RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.link}</link><guid>{each.link}</guid>"
        f"<pubDate>{format_datetime(each.published)}</pubDate><description>{escape(html(each.text))}</description></item>"
        for each in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{escape(title)}</title>{items}</channel></rss>'


def atom(title: str, entries: Sequence[Entry]) -> str:
    """Return a feed in Atom 1.0."""
    items = "".join(
        f'<entry><title>{escape(each.title)}</title><link href="{each.link}"/><id>{each.link}</id>'
        f"<updated>{each.published.isoformat()}</updated><published>{each.published.isoformat()}</published>"
        f'<content type="html">{escape(html(each.text))}</content></entry>'
        for each in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title><id>x</id>{items}</feed>'


def html(text: str) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
