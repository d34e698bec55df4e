"""Document -> Article: its language, what in it is furniture, where its sentences stand, which words they have."""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence, Set

from briefing.models import Article, Document, Removed, Sentence
from briefing.parts import unknown
from briefing.text.boilerplate import dateline_end, find_furniture
from briefing.text.language import detect_language
from briefing.text.words import Vocabulary

Span = tuple[int, int]

# Ours, and NLTK's Punkt with our abbreviations as the second engine.
SPLITTERS = {"rules": "briefing.text.sentences", "punkt": "briefing.text.punkt"}

# A vote of function words is settled long before this many characters; a book need not be counted through.
_DETECTED_CHARACTERS = 20_000

# How feeds and previews end what goes on elsewhere.
_CUT_OFF = ("…", "...", "[…]", "[...]", "(…)", "(...)")

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


def read_article(
    document: Document,
    vocabulary: Vocabulary,
    *,
    language: str | None = None,
    clean: bool = True,
    splitter: str = "rules",
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
    repeated: Set[str] = frozenset(),
) -> Article:
    """Return the document as an article; every sentence stands outside the removed spans.

    The language is the one given, else the document's own, else detected. `drop` and `keep` are regular expressions for
    lines of this source that are never, or always, the article, `repeated` the lines known from its other articles
    (`models.folded`). A last sentence that its source cut off in the middle is none, but where it is the only one.
    Without `clean` nothing is removed.
    """
    text = document.text
    code = primary(language or document.language) or detect_language(text[:_DETECTED_CHARACTERS])
    removed: tuple[Removed, ...] = ()
    if clean:
        removed = find_furniture(
            text,
            title=document.title,
            source=document.source,
            language=code,
            drop=drop,
            keep=keep,
            repeated=repeated,
        )
    sentences = tuple(_sentences(document, code, removed, vocabulary, splitter, clean))
    if clean and len(sentences) > 1 and sentences[-1].text.endswith(_CUT_OFF):
        sentences = sentences[:-1]
    title_words = vocabulary.words(document.title, code)[1] if document.title else ()
    return Article(document, code, removed, sentences, title_words)


def primary(language: str | None) -> str | None:
    """Return the primary subtag of a language tag in lower case ("pt-BR" -> "pt"), or None."""
    return re.split("[-_]", language.strip().lower())[0] or None if language else None


def kept_spans(text: str, removed: Sequence[Removed]) -> list[Span]:
    """Return the spans of text that are left, paragraph by paragraph, trimmed of white space, none empty."""
    spans = []
    for start, end in _complement(len(text), removed):
        for piece_start, piece_end in _paragraphs(text, start, end):
            stripped = text[piece_start:piece_end].strip()
            if stripped:
                piece_start = text.index(stripped, piece_start)
                spans.append((piece_start, piece_start + len(stripped)))
    return spans


def kept_text(text: str, removed: Sequence[Removed]) -> str:
    """Return the text less the removed spans: pieces of one paragraph joined by a space, paragraphs by a blank line."""
    if not removed:
        return text
    pieces: list[str] = []
    last_end = 0
    for start, end in kept_spans(text, removed):
        if pieces:
            pieces.append("\n\n" if _PARAGRAPH_BREAK.search(text, last_end, start) else " ")
        pieces.append(text[start:end])
        last_end = end
    return "".join(pieces)


def _complement(length: int, removed: Sequence[Removed]) -> Iterator[Span]:
    """Yield the spans between the removed ones."""
    last = 0
    for each in removed:
        if each.start > last:
            yield last, each.start
        last = max(last, each.end)
    if last < length:
        yield last, length


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans between blank lines."""
    for found in _PARAGRAPH_BREAK.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _sentences(
    document: Document, language: str, removed: Sequence[Removed], vocabulary: Vocabulary, splitter: str, clean: bool
) -> Iterator[Sentence]:
    """Yield the sentences of what is left; a dateline belongs to none."""
    text, last_end, paragraph = document.text, 0, 0
    for index, (start, end) in enumerate(sentence_spans(text, removed, language, splitter, datelines=clean)):
        if start - last_end > 1 and index and text.find("\n\n", last_end, start) != -1:
            paragraph += 1
        sentence = text[start:end]
        tokens, words = vocabulary.words(sentence, language)
        yield Sentence(document.id, index, paragraph, start, end, sentence, tokens, words)
        last_end = end


def sentence_spans(
    text: str, removed: Sequence[Removed], language: str, splitter: str = "rules", *, datelines: bool = True
) -> Iterator[Span]:
    """Yield where the sentences stand; with `datelines` the first one begins behind "LONDON (Reuters) -"."""
    split = _splitter(splitter)
    first = datelines
    for start, end in _complement(len(text), removed):
        if first and not text[start:end].isspace():
            start, first = dateline_end(text, start, end), False
        for first_offset, last_offset in split(text[start:end], language):
            yield start + first_offset, start + last_offset


def _splitter(name: str) -> Callable[[str, str], list[Span]]:
    """Return the function that splits; raise UsageError when there is none of that name."""
    if name not in SPLITTERS:
        raise unknown("splitter", name, list(SPLITTERS))
    split: Callable[[str, str], list[Span]] = importlib.import_module(SPLITTERS[name]).split_sentences
    return split
