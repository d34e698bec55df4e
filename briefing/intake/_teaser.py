"""Teasers: which entries say only how an article begins, and what the linked page must have to stand for it."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from msgspec.structs import replace

from briefing.intake._feed_items import Item
from briefing.models import Document

# What links to the rest of an article are called, in the languages whose sentences we split. Those of one common word
# are a prompt as the label of a link; at the end of a text they are a word.
_WORDS_OF_LINKS = ("more", "mehr", "suite", "continua", "więcej", "více", "mer", "meer", "más", "mais", "далее")
_PROMPTS = (
    "read more", "read on", "read the full", "read full", "full story", "full article", "continue reading",
    "keep reading", "weiterlesen", "mehr lesen", "zum artikel", "lire la suite", "lire plus",
    "lire l'article", "en savoir plus", "leer más", "seguir leyendo", "sigue leyendo", "continuar leyendo",
    "ver más", "leia mais", "ler mais", "continue lendo", "continuar a ler", "leggi tutto", "leggi di più",
    "continua a leggere", "lees meer", "lees verder", "läs mer", "les mer", "læs mere", "lue lisää",
    "czytaj dalej", "czytaj więcej", "číst dál", "číst více", "čítať ďalej", "tovább", "citește mai mult",
    "devamını oku", "διαβάστε περισσότερα", "читать далее", "читать дальше", "подробнее", "читати далі", "докладніше",
    "阅读更多", "阅读全文", "閱讀更多", "閱讀全文", "続きを読む", "もっと読む", "더 보기", "더보기", "اقرأ المزيد",
)  # fmt: skip
_PROMPT = re.compile(rf"(?:^|\W)(?:{'|'.join(map(re.escape, _PROMPTS))})\W*$", re.I)
_LABEL = re.compile(rf"(?:^|\W)(?:{'|'.join(map(re.escape, (*_PROMPTS, *_WORDS_OF_LINKS)))})\b", re.I)
# What is left of a sentence where a program cut it: "…", "...", "[…]", "(...)", "[&hellip;]".
_CUT = re.compile(r"(?:…|\.\s?\.\s?\.)[\])\s>»→]*$")
# The longest prompt with its marks.
_END = 60
# A teaser has 20 to 60 words (WordPress cuts after 55), an article of news hardly ever under 150. What is between is
# short, but a feed whose entries are mostly long has short articles, no teasers.
_SHORT_WORDS, _LONG_WORDS = 100, 150

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_LETTERS = 4  # of a word that counts; its beginning stands for its forms
_BEGINNING = 5
_CJK = "\u2e80"
# The share of what a teaser says (or, without one, a title) that its page must say as well. On 85 pages and their own
# descriptions .6 misses 4 (two of which describe the whole site) and takes 6 in 1,000 strangers for the right one.
_SAID = 0.6
_ENOUGH = 6
_LONGER = 1.2


def find_teasers(items: Sequence[Item], wanted: bool | None) -> set[str]:
    """Return the ids of the entries whose texts are to be completed from their pages.

    `wanted` says whether the source's texts are to be completed at all; with None each entry tells by itself: no text,
    an end that was cut off or invites to read on, or few words in a feed whose texts are short.
    """
    if wanted is False:
        return set()
    linked = [item for item in items if item.document.url]
    if wanted:
        return {item.document.id for item in linked}
    counts = [_word_count(item.document.text) for item in items if item.document.text]
    is_long = bool(counts) and median(counts) >= _LONG_WORDS
    return {item.document.id for item in linked if _is_teaser(item, is_long)}


def completed(teaser: Document, page: Document) -> Document | None:
    """Return the article with the text of its page; None where the page says something else, or no more."""
    if len(page.text) <= _LONGER * len(teaser.text) or not _says_as_well(teaser, page):
        return None
    return replace(
        teaser,
        text=page.text,
        title=teaser.title or page.title,
        published=teaser.published or page.published,
        language=teaser.language or page.language,
        authors=teaser.authors or page.authors,
        picture_links=page.picture_links,
    )


def _is_teaser(item: Item, is_long_feed: bool) -> bool:
    text = item.document.text
    if not text or _is_cut(text) or _LABEL.search(item.label):
        return True
    # A note without a title is no beginning of anything.
    return not is_long_feed and item.document.title is not None and _word_count(text) < _SHORT_WORDS


def _is_cut(text: str) -> bool:
    return bool(_CUT.search(text[-_END:]) or _PROMPT.search(text[-_END:]))


def _says_as_well(teaser: Document, page: Document) -> bool:
    said = _words([teaser.text])
    if len(said) < _ENOUGH:
        said = _words([teaser.title or "", teaser.text])
    there = set(_words([page.title or "", page.text]))
    return bool(said) and sum(word in there for word in said) >= _SAID * len(said)


def _words(texts: Iterable[str]) -> list[str]:
    """Return the beginnings of the longer words, the numbers, and pairs of letters of a script without spaces."""
    found = []
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            if word[0] >= _CJK:
                found += [word[at : at + 2] for at in range(len(word) - 1)]
            elif len(word) >= _LETTERS or word.isdigit():
                found.append(word[:_BEGINNING])
    return found


def _word_count(text: str) -> int:
    """Return how many words a text has, two letters of a script without spaces being one."""
    return sum(len(word) // 2 if word[0] >= _CJK else 1 for word in _WORD.findall(text))
