"""Where an article begins and ends among a page's blocks, and what inside it is not the article.

Rules on structure, none on a site: the container of the article, links, headings, the names that containers give
themselves. On 91 pages of article-extraction-benchmark, one after the other: exact .352 as chosen by trafilatura, .440
without titles, .484 without what is outside the container, .505 with headings and paragraphs between the chosen, .527
without invitations, .538 with paragraphs at both ends, .549 without lists of links; F1 .973 to .985.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from lxml.etree import _Element

from briefing.intake._blocks import Block

# Inside these a block still belongs to what is around them: a list item to the container of its list.
_INNER = frozenset([
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "table", "tbody",
    "thead", "tr", "td", "th", "pre", "center",
])  # fmt: skip
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_CELLS = frozenset(["td", "th", "tr"])
_LISTED = frozenset(["li", "div", *_HEADINGS])

# Containers that call themselves something else than the article: invitations, other articles, reading times.
_FURNITURE = re.compile(
    r"newsletter|(?:^|[-_ ])(?:cta|promo\w*|related\w*|subscri\w*|sign-?up|read(?:ing)?-?time|recirc\w*|recommend\w*"
    r"|most-?(?:read|popular)|outbrain|taboola)(?:$|[-_ ])",
    re.I,
)
_HEADING_CLASS = re.compile("head|title|question", re.I)
_LABEL = re.compile(r"[^:.]{1,25}:\s*")
_FINAL = tuple('.!?…”"’»。！？」।؟۔')

# The article's container is the deepest one that holds this share of what was chosen.
_MAIN_SHARE = 0.85
# A container holds article text, and not a stray block, from this share on.
_HOME_SHARE = 0.15
_SENTENCE = 80
_LINKED = 0.8
_LABEL_LENGTH = 60
_HEADLINE = 15


class Borders:
    """The blocks of a page, which of them are the article so far, and the containers that hold it."""

    def __init__(self, page: Sequence[Block], chosen: Set[int]) -> None:
        """Find the article's containers from the blocks chosen first."""
        self.page = page
        self.chosen = set(chosen)
        self._homes = [_home(block.element) for block in page]
        mass = Counter[_Element]()
        for number in sorted(chosen):
            mass[self._homes[number]] += len(page[number].key)
        self._big = {home for home, amount in mass.items() if amount >= _HOME_SHARE * mass.total()}
        self._main = _deepest(mass)

    def without_titles(self, titles: Set[str]) -> None:
        """Leave out the page's title and what stands outside the article's container."""
        self.chosen = {
            number for number in self.chosen if self._is_inside(number) and self.page[number].key not in titles
        }

    def without_furniture(self) -> None:
        """Leave out what a container inside the article calls an invitation or other articles."""
        self.chosen = {number for number in self.chosen if not self._is_furniture(number)}

    def with_both_ends(self) -> None:
        """Take in the sentences of the article's containers before the first and behind the last chosen block."""
        if not self.chosen:
            return
        first, last = min(self.chosen), max(self.chosen)
        for number in range(first - 1, -1, -1):
            if self.page[number].element.tag == "h1":
                break
            if self._is_sentence(number):
                self.chosen.add(number)
        for number in range(last + 1, len(self.page)):
            block = self.page[number]
            if block.element.tag in _HEADINGS:
                break
            is_next_line = block.element is self.page[last].element and block.links < 0.5
            if is_next_line or self._is_sentence(number):
                self.chosen.add(number)

    def with_what_is_between(self) -> None:
        """Take in the headings, paragraphs and quotations between chosen blocks in the article's containers."""
        between = range(min(self.chosen, default=0), max(self.chosen, default=0))
        self.chosen |= {number for number in between if self._is_between(number)}

    def without_links(self) -> None:
        """Leave out `Label: link` lines, and lists of links that have a label or end the article."""
        self.chosen = {number for number in self.chosen if not _is_labeled_link(self.page[number])}
        for run in self._link_runs():
            label = run.start - 1
            has_label = label >= 0 and _is_label(self.page[label])
            if has_label or run.stop > max(self.chosen, default=0):
                self.chosen -= {*run, label} if has_label else set(run)

    def _link_runs(self) -> Iterator[range]:
        """Return the runs of two and more list items or headings that are links and nothing else."""
        start = None
        for number, block in enumerate(self.page):
            if block.links >= _LINKED and block.element.tag in _LISTED:
                start = number if start is None else start
            elif block.links < _LINKED and start is not None:
                if number - start > 1:
                    yield range(start, number)
                start = None

    def _is_inside(self, number: int) -> bool:
        return self._main in (self.page[number].element, *self.page[number].element.iterancestors())

    def _is_furniture(self, number: int) -> bool:
        element = self.page[number].element
        while element is not self._main and element is not None:
            if _FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}"):
                return True
            element = element.getparent()
        return False

    def _is_at_home(self, number: int) -> bool:
        element = self.page[number].element
        is_heading = element.tag == "div" and _HEADING_CLASS.search(element.get("class") or "")
        home = element.getparent() if is_heading else self._homes[number]
        return home in self._big and self._is_inside(number) and not self._is_furniture(number)

    def _is_sentence(self, number: int) -> bool:
        return _is_sentence(self.page[number]) and self._is_at_home(number)

    def _is_between(self, number: int) -> bool:
        block = self.page[number]
        if self._is_at_home(number):
            return block.element.tag in _HEADINGS or (block.links < 0.5 and block.element.tag not in _CELLS)
        is_quoted = (
            block.element.tag == "blockquote" or next(block.element.iterancestors("blockquote"), None) is not None
        )
        return is_quoted and self._is_inside(number)


def likely_blocks(page: Sequence[Block]) -> set[int]:
    """Return the sentences of the container that has most of them: an article by size alone."""
    sentences = [number for number, block in enumerate(page) if _is_sentence(block)]
    mass = Counter[_Element]()
    for number in sentences:
        mass[_home(page[number].element)] += len(page[number].key)
    best = mass.most_common(1)
    return {number for number in sentences if _home(page[number].element) is best[0][0]} if best else set()


def _is_sentence(block: Block) -> bool:
    return block.links < 0.3 and _weight(block.text) >= _SENTENCE and block.text.endswith(_FINAL)


def _weight(text: str) -> int:
    """Return the length of a text, where a Chinese character stands for a word of three letters."""
    return len(text) * (3 if "\u2e80" <= text[0] <= "\ud7ff" else 1)


def _home(element: _Element) -> _Element:
    """Return the container that a block belongs to."""
    while element.tag in _INNER and element.getparent() is not None:
        element = element.getparent()
    return element


def _deepest(mass: Counter[_Element]) -> _Element | None:
    """Return the deepest element that holds most of the mass."""
    held = Counter[_Element]()
    for home, amount in mass.items():
        for element in (home, *home.iterancestors()):
            held[element] += amount
    enough = [element for element, amount in held.items() if amount >= _MAIN_SHARE * mass.total()]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _is_label(block: Block) -> bool:
    """Tell whether a block can stand above a list of links."""
    is_short = len(block.text) < _LABEL_LENGTH and block.links < 0.5
    return is_short and (block.element.tag in _HEADINGS or not block.text.endswith(_FINAL))


def _is_labeled_link(block: Block) -> bool:
    """Tell whether a block is a word or three, a colon, and a linked headline: `Read more: …`."""
    label = _LABEL.match(block.text)
    linked = block.links * len(block.text)
    # 'See it now: Amazon' belongs to a text about the thing above it; a headline behind the colon is another article.
    return label is not None and linked >= max(_HEADLINE, len(block.text) - label.end() - 1)
