"""Articles -> drafts: groups ranked and given their headline, lines, numbers that disagree and corrections.

Here the stages of stories and summarizers meet; neither knows the other. A draft has everything but its place in the
issue.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from briefing.errors import InputError
from briefing.models import (
    Article,
    Briefing,
    Choice,
    Copy,
    Figure,
    Group,
    InputCounts,
    Length,
    Note,
    Problem,
    Reason,
    Sentence,
    Text,
)
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.compose import Draft
    from briefing.settings import Source, Topic
    from briefing.stories.novelty import Continuation
    from briefing.stories.selection import Wishes

Ranked = tuple[Group, float, tuple[Reason, ...]]

DEFAULT_METHOD = "briefing"
DEFAULT_LENGTH = Length(3)


class Choosing(Struct, frozen=True):
    """What goes into an issue and how much of it.

    `follow` and `mute` are rules for all articles; `sources` have some for their own.
    """

    length: Length = DEFAULT_LENGTH
    method: str = DEFAULT_METHOD
    topics: Sequence["Topic"] = ()
    follow: Sequence[str] = ()
    mute: Sequence[str] = ()
    sources: Sequence["Source"] = ()
    floor: float = 0.0
    weights: Mapping[str, float] = {}
    split: Sequence[tuple[str, str]] = ()
    join: Sequence[tuple[str, str]] = ()
    undated: int = 20_000  # at the most; grouping falls with the size of a pool without dates (.80 BCubed at 7,000)


DEFAULT_CHOOSING = Choosing()


class Gathered(Struct, frozen=True):
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
    gathered: Gathered,
    until: "datetime | None",
    choosing: Choosing = DEFAULT_CHOOSING,
    *,
    previous: Sequence[Briefing] = (),
    past: Sequence[Article] = (),
    lines: bool = True,
) -> list["Draft"]:
    """Group the articles and return the stories, best first, each with its lines chosen (none without `lines`).

    With `previous` issues each story is marked new, update or continuing, keeps its earlier id, and an update prints
    what was not said before; nor in the articles of the `past` that these issues told of.
    """
    from briefing.stories.copies import find_copies
    from briefing.stories.grouping import group_articles
    from briefing.stories.ranking import rank

    by_id = gathered.articles
    members = list(by_id.values())
    _check_undated(members, choosing.undated)
    groups = group_articles(members, copies=find_copies(members), split=choosing.split, join=choosing.join)
    followed = Followed(members, choosing)
    ranked = rank(groups, by_id, until=until, source_weights=choosing.weights, followed=followed.texts)
    again = Counter(gathered.again)
    continued = _continued([group for group, _, _ in ranked], by_id, previous, past)
    return [
        _draft(*each, by_id, again, choosing, followed.section(each[0][0], by_id), lines=lines)
        for each in zip(ranked, continued, strict=True)
    ]


class Followed:
    """Which rules of what the reader follows the articles fulfil, and the sections to which these and topics lead."""

    def __init__(self, members: Iterable[Article], choosing: Choosing) -> None:
        """Look for each rule in each article."""
        from briefing.stories.selection import fulfilled

        self._topics = choosing.topics
        self._wishes = followed_by(choosing)
        self._rules = {article.id: rules for article in members if (rules := fulfilled(article, self._wishes))}
        self.texts = {id: [rule.text for rule in rules] for id, rules in self._rules.items()}

    def section(self, group: Group, by_id: Mapping[str, Article]) -> str | None:
        """Return the heading of a story: where a rule leads, else its topic, else its first article's subfolder."""
        from briefing.stories.selection import label, topic

        members = [by_id[id] for id in group.articles]
        return (
            label((self._rules.get(id, ()) for id in group.articles), self._wishes)
            or topic(members, {each.label: each.words for each in self._topics})
            or members[0].document.section
        )


def followed_by(choosing: Choosing) -> "Wishes":
    """Return the rules of what the reader follows, ready for use."""
    from briefing.stories.selection import read_wishes

    return read_wishes(choosing.follow, ((source.name, source.follow) for source in choosing.sources))


def muted_by(members: Iterable[Article], choosing: Choosing) -> dict[str, str]:
    """Return the ids of the articles that are muted, each with the first rule that says so."""
    from briefing.stories.selection import fulfilled, read_wishes

    wishes = read_wishes(choosing.mute, ((source.name, source.mute) for source in choosing.sources))
    return {article.id: rules[0].text for article in members if (rules := fulfilled(article, wishes))}


def _continued(
    groups: Sequence[Group], by_id: Mapping[str, Article], previous: Sequence[Briefing], past: Sequence[Article]
) -> Sequence["Continuation | None"]:
    """Return for each group what it is to the previous issues; None for all when there are none."""
    if not previous:
        return [None] * len(groups)
    from functools import partial

    from briefing.stories.novelty import continue_stories, earlier_stories

    read = partial(read_article, vocabulary=Vocabulary(), clean=False)
    return continue_stories(groups, by_id, earlier_stories(previous, read), past)


def text_of(members: Iterable[Article]) -> Text:
    """Return the sentences of one or more articles as a summarizer wants them, article after article."""
    members = list(members)
    sentences = (sentence for article in members for sentence in article.sentences)
    languages = list({article.language: None for article in members})
    titles = {article.id: article.title_words for article in members}
    return Text(sentences, titles, languages[0] if len(languages) == 1 else "")


def _check_undated(members: Sequence[Article], limit: int) -> None:
    """Raise InputError when more articles have no date than can be told apart."""
    undated = sum(article.document.published is None for article in members)
    if undated > limit:
        raise InputError(
            f"{undated:,} articles without a date, more than {limit:,} in one run: give fewer at a time, "
            "add dates, or raise limits.undated_articles"
        )


def _draft(
    ranked: Ranked,
    continued: "Continuation | None",
    by_id: Mapping[str, Article],
    again: Mapping[str, int],
    choosing: Choosing,
    section: str | None,
    *,
    lines: bool,
) -> "Draft":
    """Return a ranked group with its headline, lines, disagreeing figures and corrections."""
    from briefing.compose import Draft, Headline
    from briefing.stories.figures import find_figures
    from briefing.stories.headline import choose_headline
    from briefing.stories.identity import story_id

    group, score, reasons = ranked
    members = [by_id[id] for id in group.articles]
    figures = find_figures(members)
    # Where numbers disagree the headline hangs on the lines, wanted or not.
    choices = _choices(members, continued, choosing) if lines or figures else ()
    heading = choose_headline(_heading(group, continued, choices, figures), by_id) or choose_headline(group, by_id)
    told = (*(Copy(id, id) for id in group.articles), *group.copies)
    repeated = tuple(each for each in told for _ in range(again.get(each.id, 0)))
    return Draft(
        id=(continued and continued.id) or story_id(group, by_id),
        group=Group(group.articles, group.copies + repeated),
        score=score,
        reasons=reasons,
        headline=Headline(*heading) if heading else None,
        choices=choices,
        figures=figures,
        notes=tuple(note for article in members for note in _corrections(article)),
        section=section,
        mark=continued.mark if continued else None,
    )


def _heading(
    group: Group, continued: "Continuation | None", choices: Sequence[Choice], figures: Sequence[Figure]
) -> Group:
    """Return the articles whose titles may head the story.

    Where the sources disagree on a number, headline and lead come from one of them; an update is headed by its news.
    """
    from briefing.compose import leading

    first = leading(choices)
    if first and figures and isinstance(first.article, str):
        return Group((first.article,))
    fresh = {sentence.article for sentence in continued.fresh} if continued else set()
    return Group(tuple(id for id in group.articles if id in fresh) or group.articles)


def _choices(members: Sequence[Article], continued: "Continuation | None", choosing: Choosing) -> tuple[Choice, ...]:
    """Return the lines of a story: of all it says, or of what is fresh when it goes on."""
    from briefing.summarizers import choose

    text = text_of(members)
    if continued and continued.mark == "update":
        text = Text(standing_alone(continued.fresh, members) or continued.fresh, text.titles, text.language)
    several = len(members) > 1
    return tuple(choose(text, choosing.length, choosing.method, together=several))


def standing_alone(fresh: Iterable[Sentence], members: Iterable[Article]) -> list[Sentence]:
    """Return the fresh sentences of the articles that need no sentence before them, or have it among these.

    What comes before the others was told in an earlier issue: "Together the five hold" would be anybody's five.
    """
    from briefing.summarizers import _cues

    needs = {each.id: _cues.dependent(each.sentences, _cues.openings(each.language)) for each in members}
    kept: dict[tuple[str, int], Sentence] = {}
    for sentence in fresh:
        if not needs[sentence.article][sentence.index] or (sentence.article, sentence.index - 1) in kept:
            kept[sentence.article, sentence.index] = sentence
    return list(kept.values())


def _corrections(article: Article) -> Iterator[Note]:
    """Yield the corrections that cleaning took out of the running text."""
    for piece in article.removed:
        if piece.reason == "correction":
            yield Note(piece.text, article.id, piece.start, piece.end)
