"""Quantities that the sources of a story give differently, set side by side."""

import re
from collections.abc import Mapping

from briefing.models import Figure, FigureValue
from briefing.renderers._escape import flat
from briefing.renderers._sources import Sources
from briefing.renderers._view import Disagreement, Source, Value

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_GROUP = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))")  # a mark between thousands


def disagreement(figure: Figure, cited: Mapping[str, Source], sources: Sources) -> Disagreement:
    """Return a quantity with its values, and a sentence that tells the same without a drawing."""
    given = [value for value in figure.values if flat(value.value)]
    amounts = [_amount(value.value) for value in given]
    largest = max((amount for amount in amounts if amount is not None), default=0.0)
    shares = [None if amount is None or not largest else round(100 * amount / largest) for amount in amounts]
    pairs = zip(given, shares, strict=True)
    values = tuple(_value(value, share, cited, sources) for value, share in pairs)
    colon = sources.labels.colon
    told = "; ".join(f"{value.source.name}{colon}{value.text}" if value.source else value.text for value in values)
    what = flat(figure.what)
    return Disagreement(what, values, f"{what} – {told}" if what else told)


def _value(value: FigureValue, share: int | None, cited: Mapping[str, Source], sources: Sources) -> Value:
    """Return one value with its source."""
    return Value(
        text=_capitalized(flat(value.value)),
        share=share,
        source=cited.get(value.article) or sources.reference(value.article),
        href=sources.link(value.article, value.start, value.end, value.value),
    )


def _capitalized(text: str) -> str:
    """Return a value with a capital: one source has it at the end of a sentence, another at the beginning of one."""
    return text[:1].upper() + text[1:]


def _amount(text: str) -> float | None:
    """Return the first number of a text (`1,200 people`, `3.5 %`), None when there is none."""
    match = _NUMBER.search(text)
    return float(_GROUP.sub("", match[0]).replace(",", ".")) if match else None
