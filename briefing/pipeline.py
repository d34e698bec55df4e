"""The whole program on one page: places -> documents -> articles -> stories -> briefing -> bytes.

Each step is a plain function of the stage that it names; this file hands the values on and imports a stage when it is
first needed. `read`, `summarize`, `build` and `render` are the public names of the package.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from briefing.errors import InputError
from briefing.models import (
    Article,
    Briefing,
    Copy,
    Document,
    Group,
    InputCounts,
    Length,
    Note,
    Problem,
    Reason,
    Summary,
    Text,
    Window,
)
from briefing.text.article import kept_spans, read_article
from briefing.text.words import Vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.compose import Draft
    from briefing.config import Source, Topic
    from briefing.renderers._templates import Options

Ranked = tuple[Group, float, tuple[Reason, ...]]

DEFAULT_METHOD = "briefing"
DEFAULT_LENGTH = Length(3)
DEFAULT_TITLE = "Daily Briefing"


class Cleaning(NamedTuple):
    """How documents become articles."""

    language: str | None = None
    clean: bool = True
    splitter: str = "rules"
    sources: Sequence["Source"] = ()


class Choosing(NamedTuple):
    """What goes into an issue and how much of it."""

    length: Length = DEFAULT_LENGTH
    method: str = DEFAULT_METHOD
    topics: Sequence["Topic"] = ()
    mute: Sequence[str] = ()
    weights: Mapping[str, float] = {}
    split: Sequence[tuple[str, str]] = ()
    join: Sequence[tuple[str, str]] = ()
    undated: int = 20_000  # at the most; grouping falls with the size of a pool without dates (.80 BCubed at 7,000)


DEFAULT_CLEANING = Cleaning()
DEFAULT_CHOOSING = Choosing()


def read(*paths: str) -> list[Document]:
    """Return the documents of files, folders and URLs; what cannot be read is left out with a logged warning.

    Raises InputError when nothing could be read.
    """
    import logging

    from briefing.intake import read as read_places

    found = list(read_places(paths))
    problems = [each for each in found if isinstance(each, Problem)]
    for problem in problems:
        logging.getLogger(__name__).warning("%s: %s", problem.input, problem.reason)
    if problems and len(problems) == len(found):
        raise InputError(f"{problems[0].input}: {problems[0].reason}")
    return [each for each in found if isinstance(each, Document)]


def articles(found: Iterable[Document | Problem], cleaning: Cleaning = DEFAULT_CLEANING) -> Iterator[Article | Problem]:
    """Clean documents one after the other, with one vocabulary for the run; problems pass through."""
    vocabulary = Vocabulary()
    own = {source.name: source for source in cleaning.sources}
    for each in found:
        if isinstance(each, Problem):
            yield each
            continue
        source = own.get(each.source or "")
        yield read_article(
            each,
            vocabulary,
            language=cleaning.language,
            clean=cleaning.clean,
            splitter=cleaning.splitter,
            drop=source.drop if source else (),
            keep=source.keep if source else (),
        )


def text_of(members: Iterable[Article]) -> Text:
    """Return the sentences of one or more articles as a summarizer wants them, article after article."""
    members = list(members)
    sentences = (sentence for article in members for sentence in article.sentences)
    return Text(sentences, {article.id: article.title_words for article in members})


def summarize(document: Document, length: int | Length = DEFAULT_LENGTH, method: str = DEFAULT_METHOD) -> Summary:
    """Return the summary of one document; `length` is a number of sentences or a Length."""
    article = read_article(document, Vocabulary())
    choosing = Choosing(Length(length) if isinstance(length, int) else length, method)
    return summarize_articles([article], choosing)


def summarize_articles(
    members: Sequence[Article], choosing: Choosing, *, together: bool = False, every: bool = False, why: bool = False
) -> Summary:
    """Return one summary of articles that are clean: of one article, or of several `together` as one story.

    `every` gives all sentences, those not chosen without a rank; `why` adds the parts of each score.
    """
    from briefing.summarizers import choose, choose_all

    ordered, title = _as_story(members) if together else (list(members), members[0].document.title)
    text, length, method = text_of(ordered), choosing.length, choosing.method
    every = every or why
    choices = (
        choose_all(text, length, method, together=together, why=why)
        if every
        else choose(text, length, method, together=together)
    )
    return Summary(
        id=ordered[0].id,
        articles=tuple(article.id for article in ordered) if together else UNSET,
        title=title,
        language=main_language(ordered),
        method=method,
        sentences=tuple(choices),
    )


def _as_story(members: Sequence[Article]) -> tuple[list[Article], str | None]:
    """Return the articles earliest first, and the best of their titles."""
    from briefing.stories._dates import order
    from briefing.stories.headline import choose_headline

    ordered = sorted(members, key=order)
    by_id = {article.id: article for article in ordered}
    headline = choose_headline(Group(tuple(by_id)), by_id)
    return list(by_id.values()), headline[1] if headline else None


def main_language(members: Iterable[Article]) -> str:
    """Return the language of most articles; at a tie the one that came first; English when there are none."""
    return next((language for language, _ in Counter(a.language for a in members).most_common(1)), "en")


class Gathered(NamedTuple):
    """Articles by id, second records of an id as copies, and what could not be read."""

    articles: dict[str, Article]
    again: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def inputs(self) -> InputCounts:
        """How many inputs gave articles and how many failed; records of one container are one input."""
        read = {a.document.path or a.document.url or a.id for a in self.articles.values()}
        return InputCounts(read=len(read), unchanged=0, failed=len(self.problems))


def gather(found: Iterable[Article | Problem]) -> Gathered:
    """Collect articles by their id; a second record with the same id is a copy of the first."""
    by_id: dict[str, Article] = {}
    again: list[str] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        elif each.id in by_id:
            again.append(each.id)
        else:
            by_id[each.id] = each
    return Gathered(by_id, tuple(again), tuple(problems))


def draft_stories(
    gathered: Gathered, until: "datetime | None", choosing: Choosing = DEFAULT_CHOOSING, *, lines: bool = True
) -> list["Draft"]:
    """Group the articles and return the stories, best first, each with its lines chosen (none without `lines`)."""
    from briefing.stories.copies import find_copies
    from briefing.stories.grouping import group_articles
    from briefing.stories.ranking import rank

    by_id = gathered.articles
    members = list(by_id.values())
    _check_undated(members, choosing.undated)
    groups = group_articles(members, copies=find_copies(members), split=choosing.split, join=choosing.join)
    ranked = rank(groups, by_id, until=until, source_weights=choosing.weights)
    again = Counter(gathered.again)
    return [_draft(each, by_id, again, choosing, lines=lines) for each in ranked]


def build(
    found: Iterable[Document | Problem],
    minutes: int | None = None,
    *,
    title: str = DEFAULT_TITLE,
    labels: str | None = None,
    until: "datetime | None" = None,
    max_stories: int | None = None,
    full: bool = False,
    cleaning: Cleaning = DEFAULT_CLEANING,
    choosing: Choosing = DEFAULT_CHOOSING,
    extra: Sequence[Problem] = (),
) -> Briefing:
    """Return the issue of the documents; problems among them are carried into it.

    `until` is the issue's instant, in the time zone in which its day is counted; without it the issue is dated by its
    newest article. `labels` is the language of our own words, else that of most articles. `extra` are problems that are
    known already. Raises InputError when there is no article at all.
    """
    from briefing.compose import Budget, Received, compose
    from briefing.stories.selection import muted

    gathered = gather(articles(found, cleaning))
    until = until or newest(gathered.articles.values())
    silenced = tuple(id for id, article in gathered.articles.items() if muted(article, choosing.mute))
    heard = {id: article for id, article in gathered.articles.items() if id not in silenced}
    received = Received(
        articles=gathered.articles,
        seen=len(gathered.articles) + len(gathered.again),
        inputs=gathered.inputs,
        problems=(*gathered.problems, *extra),
        muted=silenced,
    )
    return compose(
        draft_stories(gathered._replace(articles=heard), until, choosing),
        received,
        title=title,
        date=until.date().isoformat(),
        language=labels or main_language(heard.values()),
        window=Window(None, until.isoformat()),
        budget=Budget(minutes, max_stories),
        section_order=_section_order(heard.values(), choosing.topics),
        kept={id: tuple(kept_spans(a.document.text, a.removed)) for id, a in heard.items()} if full else None,
    )


def newest(members: Iterable[Article]) -> "datetime":
    """Return the instant of the newest article; raise InputError when no article has a date."""
    from datetime import UTC, datetime

    from briefing.stories._dates import span

    spans = [span(article.document.published) for article in members]
    ends = [end for _, end in filter(None, spans)]
    if not ends:
        raise InputError("no article has a date to call the issue by; give one with --date or `until`")
    return datetime.fromtimestamp(max(ends), UTC)


def _section_order(members: Iterable[Article], topics: Sequence["Topic"]) -> list[str]:
    """Return the headings in their order: the topics as configured, else the subfolders by name."""
    if topics:
        return [topic.label for topic in topics]
    return sorted({article.document.section for article in members if article.document.section})


def render(briefing: Briefing, format: str, template: str = "daily", options: "Options | None" = None) -> bytes:
    """Return the issue as bytes of one format; raise UsageError for an unknown one, RenderError when it cannot be."""
    from briefing import renderers

    return renderers.render(briefing, format, template, options)


def _check_undated(members: Sequence[Article], limit: int) -> None:
    """Raise InputError when more articles have no date than can be told apart."""
    undated = sum(article.document.published is None for article in members)
    if undated > limit:
        raise InputError(
            f"{undated:,} articles without a date, more than {limit:,} in one run: give fewer at a time, "
            "add dates, or raise limits.undated_articles"
        )


def _draft(
    ranked: Ranked, by_id: Mapping[str, Article], again: Mapping[str, int], choosing: Choosing, *, lines: bool
) -> "Draft":
    """Return a ranked group with its headline, lines, disagreeing figures and corrections."""
    from briefing.compose import Draft, Headline
    from briefing.stories.figures import find_figures
    from briefing.stories.headline import choose_headline
    from briefing.stories.identity import story_id
    from briefing.summarizers import choose

    group, score, reasons = ranked
    members = [by_id[id] for id in group.articles]
    headline = choose_headline(group, by_id)
    repeated = tuple(Copy(id, id) for id in group.articles for _ in range(again.get(id, 0)))
    return Draft(
        id=story_id(group, by_id),
        group=Group(group.articles, group.copies + repeated),
        score=score,
        reasons=reasons,
        headline=Headline(*headline) if headline else None,
        choices=tuple(choose(text_of(members), choosing.length, choosing.method)) if lines else (),
        figures=find_figures(members),
        notes=tuple(note for article in members for note in _corrections(article)),
        section=_section(members, choosing.topics),
    )


def _section(members: Sequence[Article], topics: Sequence["Topic"]) -> str | None:
    """Return the heading of a story: its topic where topics are configured, else its first article's subfolder."""
    from briefing.stories.selection import topic

    if topics:
        return topic(members, {each.label: each.words for each in topics})
    return members[0].document.section


def _corrections(article: Article) -> Iterator[Note]:
    """Yield the corrections that cleaning took out of the running text."""
    for piece in article.removed:
        if piece.reason == "correction":
            yield Note(piece.text, article.id, piece.start, piece.end)
