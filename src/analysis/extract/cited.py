"""Who printed an extract's figures, and when: the line below tables, charts and proofs."""

from __future__ import annotations

from collections.abc import Sequence

from ..phrases import say
from ..units import Language
from .model import Extract, Source

_MOST = 4  # sources that have a line each


def source_line(source: Source | None, language: Language, *, titled: bool = False) -> str:
    """Publisher and day, and the title where it is asked for, or first where no publisher is known.

    >>> source_line(Source("标题", "山西法制报", "2018-11-15"), "zh", titled=True)
    '来源：山西法制报，2018-11-15，标题'
    >>> source_line(Source("标题", "not stated", "not stated"), "zh")
    '来源：标题，刊出日期未注明'
    """
    if source is None:
        return say("untitled", language)
    publisher, published = publisher_of(source, language), published_of(source, language)
    known = [publisher, published, source.title if titled else ""]
    parts = known if publisher else [source.title, published]
    comma = "，" if language == "zh" else ", "
    return say("origin", language, origin=comma.join(part for part in parts if part))


def source_lines(extracts: Sequence[Extract], language: Language) -> list[str]:
    """A line a source, each once; of many extracts one line for all."""
    if len(extracts) > _MOST:
        return [source_line(together(extracts, language), language)]
    return list(dict.fromkeys(source_line(extract.source, language) for extract in extracts))


def together(extracts: Sequence[Extract], language: Language) -> Source | None:
    """Many issues as one source: who printed them, how many they are, and from when to when."""
    sources = [extract.source for extract in extracts if extract.source is not None]
    if not sources:
        return None
    published = [each.published for each in sources if _stated(each.published)]
    days = dict.fromkeys([min(published), max(published)]) if published else ["not stated"]
    # The last one first: an authority's earlier names would fill the line.
    last, *others = dict.fromkeys(_in_a_word(each, language) for each in reversed(sources))
    return Source(
        "",
        say("and others", language, name=last, count=len(others)) if others else last,
        say("issues", language, count=len(extracts), days="–".join(days)),
    )


def publisher_of(source: Source, language: Language) -> str:
    """The publisher in a language, in English with its own name behind; "" where none is known."""
    if language == "en" and source.publisher_en:
        return f"{source.publisher_en} ({source.publisher})"
    return _stated(source.publisher)


def called(extract: Extract, language: Language) -> str:
    """An extract by its publisher, in a word; by its own name where none is known."""
    source = extract.source
    if source is None:
        return extract.name
    return _in_a_word(source, language) or source.title


def _in_a_word(source: Source, language: Language) -> str:
    return (language == "en" and source.publisher_en) or _stated(source.publisher)


def published_of(source: Source, language: Language) -> str:
    return _stated(source.published) or say("undated", language)


def _stated(text: str) -> str:
    return "" if text == "not stated" else text
