"""Why a story stands where it stands, and what became of an article; read from the briefing alone."""

from collections.abc import Iterator, Sequence

from briefing.checks.lines import stories_of
from briefing.models import Absence, Briefing, Reason, Story

# What the parts of a score say to a reader.
PARTS = {
    "outlets": "for its independent outlets",
    "age": "for being fresh",
    "articles": "for its articles",
    "interest": "for what you follow",
    "place": "for its place in a feed",
}
MARKS = {
    "new": "New since the earlier issues.",
    "update": "An update: it goes on from an earlier issue, and prints what was not said before.",
    "continuing": "Continuing: it goes on from an earlier issue, and says nothing that was not said there.",
}


def article_id(briefing: Briefing, name: str) -> str | None:
    """Return the id of the article that a name means: the id itself, or the end of the path where it was read."""
    if name in briefing.articles:
        return name
    paths = {id: f"/{facts.path}" for id, facts in briefing.articles.items() if facts.path}
    return next((id for id, path in paths.items() if path.endswith(f"/{name}")), None)


def find_story(briefing: Briefing, name: str) -> tuple[int, Story] | None:
    """Return the story of a number in the issue, an id, or an article of its own, and its number; None without one."""
    article = article_id(briefing, name)
    for number, story in enumerate(stories_of(briefing), 1):
        ids = {*story.articles, *(copy.id for copy in story.copies)}
        if name in (str(number), story.id) or article in ids:
            return number, story
    return None


def is_known(briefing: Briefing, name: str) -> bool:
    """Tell whether a name means an article that an issue has, or one that it left out."""
    return bool(article_id(briefing, name) or _wish(briefing, name))


def reasons(briefing: Briefing, number: int, story: Story, independent: int) -> Iterator[str]:
    """Yield sentences that say why a story stands at its place; `independent` is the number of its own voices."""
    total = sum(1 for _ in stories_of(briefing))
    yield f"Story {number} of {total}, score {story.score:.2f}: " + (
        ", ".join(map(_part, story.reasons)) or "nothing speaks for it"
    )
    dates = sorted(date for id in story.articles if (date := briefing.articles[id].published))
    seen = f"; first seen {_clock(dates[0])}, last {_clock(dates[-1])}" if dates else ""
    seen += f", {fresh} new since yesterday" if (fresh := _since_yesterday(briefing, dates)) else ""
    told = f"{_counted(len(story.articles), 'article')}, {independent} independent"
    yield f"{told}, {_counted(len(story.copies), 'reprint')}{seen}"
    if story.mark:
        yield MARKS[story.mark]


def _part(reason: Reason) -> str:
    """Return a part of a score as words; what the reader follows with the rules that say so."""
    rules = f" (your {_quoted(reason.rules)})" if reason.rules else ""
    return f"{reason.value:.2f} {PARTS.get(reason.part, reason.part)}{rules}"


def _quoted(rules: Sequence[str]) -> str:
    """Return the rules of a reader with their noun."""
    return f"rule{'' if len(rules) == 1 else 's'} {', '.join(f'“{rule}”' for rule in rules)}"


def absence(briefing: Briefing, name: str) -> str:
    """Return why no printed story has an article."""
    if wish := _wish(briefing, name):
        return {
            "muted": f"Muted by your rule “{wish.said}”: it is counted, and nothing of it is printed.",
            "known": f"It says again what an earlier issue told from {wish.said}; it is counted, not printed.",
            "floor": f"Received, but its story has a score of {wish.said}, less than edition.floor: it stands by title "
            "at the end.",
            "section": f"Received, but the section “{wish.said}” was full: it stands by title at the end. Raise "
            "max_stories of the topic.",
        }[wish.why]
    if article_id(briefing, name) in briefing.also:
        return "Received, but there was no room: it stands by title at the end. Raise --minutes or --max-stories."
    muted = briefing.ledger.articles.muted
    hint = f"; {_counted(muted, 'article')} had a muted word" if muted else ""
    return f"not among the articles of the issue of {briefing.date}{hint}"


def _wish(briefing: Briefing, name: str) -> Absence | None:
    """Return what kept an article out, which is known by its id, its path, or the end of either."""
    own = article_id(briefing, name)
    for absence in briefing.absent or ():
        if absence.article == own or f"/{absence.article}".endswith(f"/{name}"):
            return absence
    return None


def _since_yesterday(briefing: Briefing, dates: Sequence[str]) -> int:
    """Return how many of the dates lie in the 24 hours before the issue; a bare date is the end of that day."""
    until = briefing.ledger.window.until
    if until is None:
        return 0
    from datetime import UTC, datetime, timedelta

    def instant(date: str) -> datetime:
        moment = datetime.fromisoformat(date if "T" in date else f"{date}T23:59:59")
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    return sum(instant(until) - timedelta(days=1) < instant(date) for date in dates)


def _clock(published: str) -> str:
    """Return a date without what a reader does not need: 2026-11-22 or 2026-11-22 06:10."""
    return published[:16].replace("T", " ")


def _counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
