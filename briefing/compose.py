"""Stories + budget -> Briefing: what is printed, under which heading, by which number, and the account of the rest."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec import UNSET

from briefing.models import (
    Absence,
    Article,
    ArticleCounts,
    Briefing,
    Choice,
    Facts,
    Figure,
    Group,
    InputCounts,
    Ledger,
    Line,
    Note,
    Problem,
    Reason,
    Section,
    Story,
    Window,
    fingerprint,
)
from briefing.vectors import WORDS_A_MINUTE, count_words


class Headline(NamedTuple):
    """The title that heads a story and the article it is from."""

    article: str
    title: str


class Draft(NamedTuple):
    """A ranked group with everything that is printed of it, before it has a place in the issue."""

    id: str
    group: Group
    score: float
    reasons: tuple[Reason, ...]
    headline: Headline | None
    choices: tuple[Choice, ...]
    figures: tuple[Figure, ...] = ()
    notes: tuple[Note, ...] = ()
    section: str | None = None
    mark: Literal["new", "update", "continuing"] | None = None


class Budget(NamedTuple):
    """How long an issue may be; None is no limit.

    `floor` is the score that a story must have to be printed, `quotas` how many stories a section prints at the most.
    """

    minutes: int | None = None
    max_stories: int | None = None
    floor: float = 0.0
    quotas: Mapping[str, int] = {}


class Cut(NamedTuple):
    """A draft that is not printed, and why: its score, its section that is full, or want of room."""

    draft: Draft
    why: Literal["floor", "section", "room"]


class Received(NamedTuple):
    """What came in and what happened to it before anything was chosen.

    `muted_by` are the rules by article, `known_from` the articles of earlier issues that others say again.
    """

    articles: Mapping[str, Article]
    seen: int
    inputs: InputCounts
    problems: tuple[Problem, ...] = ()
    muted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    muted_by: Mapping[str, str] = {}
    known_from: Mapping[str, str] = {}


def compose(
    drafts: Sequence[Draft],
    received: Received,
    *,
    title: str,
    date: str,
    language: str,
    window: Window,
    budget: Budget,
    section_order: Sequence[str],
    kept: Mapping[str, tuple[tuple[int, int], ...]] | None = None,
) -> Briefing:
    """Return the issue: the best stories that fit the budget, by section, numbered as they are printed.

    What is not printed stands under `also`. Stories without a section come first, under no heading; then the sections
    in the order given. `kept` holds, for an issue with full texts, the spans of each that are the article.
    """
    printed, cut = _within(drafts, budget)
    sections = _sections(printed, section_order)
    also = tuple(article for each in cut for article in each.draft.group.articles)
    words = sum(count_words(line.text) for section in sections for story in section.stories for line in lines_of(story))
    named = _named(sections, also)
    return Briefing(
        title=title,
        date=date,
        language=language,
        minutes=math.ceil(words / WORDS_A_MINUTE),
        articles={id: facts(received.articles[id], kept.get(id) if kept else None) for id in named},
        sections=sections,
        also=also,
        ledger=_ledger(printed, [each.draft for each in cut], received, window),
        problems=received.problems,
        absent=tuple(_absences(cut, received)) or UNSET,
    )


def lines_of(story: Story) -> tuple[Line, ...]:
    """Return the printed lines of a story; none when it was listed without them."""
    return () if story.lines is UNSET else story.lines


def make_story(draft: Draft, number: int, *, lines: bool = True) -> Story:
    """Return the draft as the story of that number; its lines are NUMBER.1, NUMBER.2 and so on, the headline first."""
    made = _lines(draft, number)
    return Story(
        id=draft.id,
        title=made[0].text if made else "",
        score=round(draft.score, 6),
        mark=draft.mark,
        lines=made if lines else UNSET,
        articles=draft.group.articles,
        copies=draft.group.copies,
        reasons=draft.reasons,
        figures=draft.figures,
        notes=draft.notes,
    )


def _lines(draft: Draft, number: int) -> tuple[Line, ...]:
    """Return the headline, the lead and the points; a story without a title is headed by its best sentence."""
    roles: list[Literal["headline", "lead", "point"]] = ["lead"] if draft.headline else ["headline", "lead"]
    first = leading(draft.choices)
    ranked = sorted(draft.choices, key=lambda choice: choice is not first)  # the others keep their order
    lines = []
    if draft.headline:
        lines.append(Line(f"{number}.1", "headline", draft.headline.title, draft.headline.article, None, None))
    for place, choice in enumerate(ranked):
        role = roles[place] if place < len(roles) else "point"
        article = draft.group.articles[0] if choice.article is UNSET else choice.article
        lines.append(Line(f"{number}.{len(lines) + 1}", role, choice.text, article, choice.start, choice.end))
    return tuple(lines)


def leading(choices: Sequence[Choice]) -> Choice | None:
    """Return the sentence that carries the event: the best that opens its article, else the best of all.

    A reporter puts what happened into the first sentence; the one that scores highest may presuppose it.
    """
    return min(choices, key=lambda choice: (choice.index != 0, choice.rank), default=None)


def _within(drafts: Sequence[Draft], budget: Budget) -> tuple[list[Draft], list[Cut]]:
    """Part the drafts, best first, into those that fit the budget and the rest.

    A story that no longer fits whole is printed as its headline and lead if those fit. The best story stands however
    long it is, but not below the floor: a slow day is short.
    """
    words_left = math.inf if budget.minutes is None else budget.minutes * WORDS_A_MINUTE
    quotas = {title.casefold(): most for title, most in budget.quotas.items()}
    printed: list[Draft] = []
    cut: list[Cut] = []
    for draft in drafts:
        section = (draft.section or "").casefold()
        if draft.score < budget.floor:
            cut.append(Cut(draft, "floor"))
        elif quotas.get(section, 1) < 1:
            cut.append(Cut(draft, "section"))
        elif budget.max_stories is not None and len(printed) >= budget.max_stories:
            cut.append(Cut(draft, "room"))
        elif fitting := _fitting(draft, words_left) or (None if printed else _nib(draft)):
            printed.append(fitting)
            words_left -= _words(fitting)
            if section in quotas:
                quotas[section] -= 1
        else:
            cut.append(Cut(draft, "room"))
    return printed, cut


def _absences(cut: Iterable[Cut], received: Received) -> Iterator[Absence]:
    """Yield why articles are not printed, but for want of room."""
    for article, rule in received.muted_by.items():
        yield Absence(article, "muted", rule)
    for article, earlier in received.known_from.items():
        yield Absence(article, "known", earlier)
    for draft, why in cut:
        if why != "room":
            said = f"{draft.score:.2f}" if why == "floor" else draft.section or ""
            yield from (Absence(article, why, said) for article in draft.group.articles)


def _fitting(draft: Draft, words_left: float) -> Draft | None:
    """Return the draft, or its nib, whichever first fits the words; None when neither does."""
    return next((each for each in (draft, _nib(draft)) if _words(each) <= words_left), None)


def _nib(draft: Draft) -> Draft:
    """Return the draft with its leading sentence alone."""
    first = leading(draft.choices)
    return draft._replace(choices=(first,) if first else ())


def _words(draft: Draft) -> int:
    """Return how many words of a draft are read."""
    headline = count_words(draft.headline.title) if draft.headline else 0
    return headline + sum(count_words(choice.text) for choice in draft.choices)


def _sections(printed: Sequence[Draft], order: Sequence[str]) -> tuple[Section, ...]:
    """Return the printed drafts as numbered stories under their headings, whatever their case; none is empty."""
    by_title: dict[str, list[Draft]] = {"": []}
    titles = {"": ""}
    for title in (*order, *(draft.section or "" for draft in printed)):
        titles.setdefault(title.casefold(), title)
        by_title.setdefault(title.casefold(), [])
    for draft in printed:
        by_title[(draft.section or "").casefold()].append(draft)
    sections, number = [], 0
    for title, drafts in by_title.items():
        if drafts:
            stories = tuple(make_story(draft, number + place) for place, draft in enumerate(drafts, 1))
            sections.append(Section(titles[title], stories))
            number += len(drafts)
    return tuple(sections)


def _named(sections: Iterable[Section], also: Sequence[str]) -> list[str]:
    """Return the articles that the issue names, each once, in the order in which it names them."""
    named: dict[str, None] = {}
    for story in (story for section in sections for story in section.stories):
        named.update(dict.fromkeys(story.articles))
        named.update(dict.fromkeys(copy.id for copy in story.copies))
    named.update(dict.fromkeys(also))
    return list(named)


def facts(article: Article, kept: tuple[tuple[int, int], ...] | None = None) -> Facts:
    """Return what an issue keeps of an article; with `kept`, its text too, its pictures, and the spans that are it."""
    document = article.document
    known = Facts(
        title=document.title,
        url=document.url,
        source=document.source,
        path=document.path,
        published=document.published,
        language=article.language,
        sha256=fingerprint(document.text),
    )
    if kept is None:
        return known
    return msgspec.structs.replace(known, text=document.text, kept=kept, pictures=document.pictures or UNSET)


def _ledger(printed: Sequence[Draft], cut: Sequence[Draft], received: Received, window: Window) -> Ledger:
    """Return the account of every article and every removed piece."""
    drafts = [*printed, *cut]
    counts = ArticleCounts(
        seen=received.seen,
        copies=sum(len(draft.group.copies) for draft in drafts),
        known=len(received.known),
        muted=len(received.muted),
        cut=sum(len(draft.group.articles) for draft in cut),
        printed=sum(len(draft.group.articles) for draft in printed),
    )
    removed = Counter(piece.reason for article in received.articles.values() for piece in article.removed)
    return Ledger(window, received.inputs, counts, dict(sorted(removed.items())))
