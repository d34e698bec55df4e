"""The ledger in words: what came in, what was left out and why."""

from briefing.models import Briefing, Ledger
from briefing.renderers import _dates
from briefing.renderers._labels import Labels
from briefing.renderers._sources import Sources
from briefing.renderers._view import Entry


def ledger_entries(ledger: Ledger, labels: Labels) -> tuple[Entry, ...]:
    """Return the numbers of articles and inputs; zeros are left out, but for what came in and went out."""
    words, articles, inputs = labels.ledger, ledger.articles, ledger.inputs
    rows = [
        (words.seen, articles.seen),
        (words.printed, articles.printed),
        (words.copies, articles.copies),
        (words.known, articles.known),
        (words.muted, articles.muted),
        (words.cut, articles.cut),
        (words.read, inputs.read),
        (words.unchanged, inputs.unchanged),
        (words.failed, inputs.failed),
    ]
    always = {words.seen, words.printed}
    return tuple(Entry(name, labels.number(number)) for name, number in rows if number or name in always)


def removed_entries(ledger: Ledger, labels: Labels) -> tuple[Entry, ...]:
    """Return how many pieces of each class of furniture were removed, the most first; unknown ones together."""
    counts: dict[str, int] = {}
    for kind, number in ledger.removed.items():
        name = labels.removed.get(kind.replace("-", "_")) or labels.removed["other"]
        counts[name] = counts.get(name, 0) + number
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Entry(name, labels.number(number)) for name, number in ranked if number)


def period(briefing: Briefing, sources: Sources) -> str:
    """Return the time that the issue covers, in words; nothing where both ends are open."""
    window, labels = briefing.ledger.window, sources.labels
    since = _dates.moment(window.since, briefing.date[:4], sources.offset, labels)
    until = _dates.moment(window.until, briefing.date[:4], sources.offset, labels)
    pattern = labels.ledger.window if since and until else labels.ledger.since if since else labels.ledger.until
    return pattern.replace("{since}", since).replace("{until}", until) if since or until else ""
