"""The whole program on one page: places -> documents -> articles -> stories -> briefing -> bytes.

Each step is a plain function of the stage that it names; this file hands the values on and imports a stage when it is
first needed. `read`, `summarize`, `build` and `render` are the public names of the package.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct
from msgspec.structs import replace

from briefing.drafting import (
    DEFAULT_CHOOSING,
    DEFAULT_LENGTH,
    DEFAULT_METHOD,
    Choosing,
    draft_stories,
    followed_by,
    gather,
    muted_by,
    text_of,
)
from briefing.errors import InputError
from briefing.models import Article, Briefing, Choice, Document, Group, Length, Problem, Summary, Window, fingerprint
from briefing.text.article import kept_spans, read_article
from briefing.text.words import Vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.renderers._templates import Options
    from briefing.settings import Source, Topic

# Articles summarized one by one before numpy is imported for batches: after so many it has paid for its ten starts of
# Python. A batch is read ahead, so its size bounds the memory; from 100 to 300 a summary gets 10 µs cheaper.
FEW = 1000
BATCH = 100


class Cleaning(Struct, frozen=True):
    """How documents become articles; `learnt` are the lines, by source, that the archive knows to be furniture."""

    language: str | None = None
    clean: bool = True
    splitter: str = "rules"
    sources: Sequence["Source"] = ()
    learnt: Mapping[str, Set[str]] = {}


DEFAULT_CLEANING = Cleaning()


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


def told_apart(found: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
    """Give a document whose id another one from elsewhere has, with another text, an id of its own.

    Paths are ids below the PATH that was named, so `mon/news.txt tue/news.txt` are both `news.txt`; a second record
    with the same text, or from the same file, stays what it is: a copy.
    """
    seen: dict[str, tuple[str | None, str]] = {}
    for each in found:
        if isinstance(each, Document):
            digest = fingerprint(each.text)
            path, first = seen.setdefault(each.id, (each.path, digest))
            if path != each.path and first != digest:
                each = replace(each, id=f"{each.id}~{digest[:12]}")
        yield each


def articles(found: Iterable[Document | Problem], cleaning: Cleaning = DEFAULT_CLEANING) -> Iterator[Article | Problem]:
    """Clean documents one after the other, with one vocabulary for the run; problems pass through."""
    vocabulary = Vocabulary()
    own = {source.name: source for source in cleaning.sources}
    for each in found:
        if isinstance(each, Problem):
            yield each
            continue
        source = own.get(each.source or "")
        article = read_article(
            each,
            vocabulary,
            language=cleaning.language,
            clean=cleaning.clean,
            splitter=cleaning.splitter,
            drop=source.drop if source else (),
            keep=source.keep if source else (),
            repeated=cleaning.learnt.get(each.source or "", frozenset()),
        )
        _log("%s: %s, %d sentences", article.id, article.language, len(article.sentences))
        for piece in article.removed:
            _log("%s: characters %d to %d left out: %s", article.id, piece.start, piece.end, piece.reason)
        yield article


def _log(message: str, *values: object) -> None:
    """Log what a stage did. Who wants to know has imported logging; to import it here takes a third of a start."""
    if logging := sys.modules.get("logging"):
        logging.getLogger(__name__).info(message, *values)


def summarize(document: Document, length: int | Length = DEFAULT_LENGTH, method: str = DEFAULT_METHOD) -> Summary:
    """Return the summary of one document; `length` is a number of sentences or a Length."""
    article = read_article(document, _vocabulary())
    choosing = Choosing(Length(length) if isinstance(length, int) else length, method)
    return summarize_articles([article], choosing)


@cache
def _vocabulary() -> Vocabulary:
    """Return the vocabulary that all calls of `summarize` share: a new one each time would triple their cost."""
    return Vocabulary()


def summarize_articles(
    members: Sequence[Article], choosing: Choosing, *, together: bool = False, every: bool = False, why: bool = False
) -> Summary:
    """Return one summary of articles that are clean: of one article, or of several `together` as one story.

    `every` gives all sentences, those not chosen without a rank; `why` adds the parts of each score.
    """
    from briefing.summarizers import choose, choose_all

    ordered, title = _as_story(members) if together else (list(members), members[0].document.title)
    text, length, method = text_of(ordered), choosing.length, choosing.method
    if every or why:
        choices = choose_all(text, length, method, together=together, why=why)
    else:
        choices = choose(text, length, method, together=together)
    return _summary(ordered, title, method, choices, together=together)


def summarize_each(found: Iterable[Article], choosing: Choosing) -> Iterator[tuple[Article, Summary]]:
    """Yield every article with its summary, in their order; many are read ahead and summarized a batch at a time."""
    from briefing.summarizers import choose_many

    coming = iter(found)
    for article in islice(coming, FEW):
        yield article, summarize_articles([article], choosing)
    while batch := list(islice(coming, BATCH)):
        chosen = choose_many([text_of([article]) for article in batch], choosing.length, choosing.method)
        for article, choices in zip(batch, chosen, strict=True):
            yield article, _summary([article], article.document.title, choosing.method, choices, together=False)


def _summary(
    members: Sequence[Article], title: str | None, method: str, choices: Iterable[Choice], *, together: bool
) -> Summary:
    """Return the choices with the facts of their articles."""
    return Summary(
        id=members[0].id,
        articles=tuple(article.id for article in members) if together else UNSET,
        title=title,
        language=main_language(members),
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
    counts = Counter(article.language for article in members)
    return max(counts, key=counts.__getitem__, default="en")


def build(
    found: Iterable[Document | Problem],
    minutes: int | None = None,
    *,
    title: str | None = None,
    labels: str | None = None,
    until: "datetime | None" = None,
    max_stories: int | None = None,
    full: bool = False,
    previous: Sequence[Briefing] = (),
    printed: Iterable[Document] = (),
    cleaning: Cleaning = DEFAULT_CLEANING,
    choosing: Choosing = DEFAULT_CHOOSING,
) -> Briefing:
    """Return the issue of the documents; problems among them are carried into it.

    `until` is the issue's instant, in the time zone in which its day is counted; without it the issue is dated by its
    newest article. `labels` is the language of our own words, else that of most articles; a `title` that is not given
    is theirs. `previous` issues tell what is new; the articles that they `printed`, where these are at hand, tell what
    is said again. Raises InputError when there is no article, or none with a date to call the issue by.
    """
    from briefing.compose import Budget, Received, compose
    from briefing.renderers import _labels
    from briefing.stories.reprints import find_reprints

    gathered = gather(articles(told_apart(found), cleaning))
    until = until or newest(gathered.articles.values())
    silenced = muted_by(gathered.articles.values(), choosing)
    past = [article for article in articles(printed, cleaning) if isinstance(article, Article)]
    heard = {id: article for id, article in gathered.articles.items() if id not in silenced}
    reprints = find_reprints(list(heard.values()), past)
    heard = {id: article for id, article in heard.items() if id not in reprints}
    received = Received(
        articles=gathered.articles,
        seen=len(gathered.articles) + len(gathered.again),
        inputs=gathered.inputs,
        problems=gathered.problems,
        muted=(*silenced, *(id for id in gathered.again if id in silenced)),
        muted_by=silenced,
        known=(*reprints, *(id for id in gathered.again if id in reprints)),
        known_from=reprints,
    )
    drafts = draft_stories(replace(gathered, articles=heard), until, choosing, previous=previous, past=past)
    language = labels or main_language(heard.values())
    _log("articles: %d, muted: %d, stories: %d", received.seen, len(received.muted), len(drafts))
    return compose(
        drafts,
        received,
        title=title or _labels.load(language).title,
        date=until.date().isoformat(),
        language=language,
        window=Window(None, until.isoformat()),
        budget=Budget(minutes, max_stories, choosing.floor, _quotas(choosing.topics)),
        section_order=_section_order(heard.values(), choosing),
        kept={id: tuple(kept_spans(a.document.text, a.removed)) for id, a in heard.items()} if full else None,
    )


def newest(members: Iterable[Article]) -> "datetime":
    """Return the instant of the newest article; raise InputError when no article has a date."""
    from datetime import UTC, datetime

    from briefing.stories._dates import span

    spans = [span(article.document.published) for article in members]
    start, end = max(filter(None, spans), key=lambda span: span[1], default=(0.0, 0.0))
    if not end:
        raise InputError("no article has a date to call the issue by; give one with --date or `until`")
    is_day = start < end  # which ends where the next one begins
    return datetime.fromtimestamp(end - 1 if is_day else end, UTC)


def _section_order(members: Iterable[Article], choosing: Choosing) -> list[str]:
    """Return the headings in their order: topics, then where rules lead, as configured, then subfolders by name."""
    from briefing.stories.selection import labels

    topics = [topic.label for topic in choosing.topics]
    folders = sorted({article.document.section for article in members if article.document.section})
    return [*topics, *labels(followed_by(choosing)), *folders]


def _quotas(topics: Iterable["Topic"]) -> dict[str, int]:
    """Return how many stories the sections that have a limit may print."""
    return {topic.label: topic.max_stories for topic in topics if topic.max_stories is not None}


def render(briefing: Briefing, format: str, template: str = "daily", options: "Options | None" = None) -> bytes:
    """Return the issue as bytes of one format; raise UsageError for an unknown one, RenderError when it cannot be."""
    from briefing import renderers

    return renderers.render(briefing, format, template, options)
