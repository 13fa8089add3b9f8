"""What figures are called where they stand beside others: two of one name are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..extract import Extract
from ..phrases import say
from ..units import Language


def told_apart(
    names: Sequence[str], tells: Iterable[Sequence[str]], language: Language
) -> list[str]:
    """Names of rows; to those that are alike is added what tells them apart, the first that does.

    >>> told_apart(["进口", "出口", "进口"], [["", "", ""], ["8月", "8月", "9月"]], "zh")
    ['进口（8月）', '出口', '进口（9月）']
    """
    names = list(names)
    for said in tells:
        alike: dict[str, set[str]] = {}
        for name, text in zip(names, said, strict=True):
            alike.setdefault(name, set()).add(text)
        names = [
            say("in brackets", language, name=name, bounds=text)
            if len(alike[name]) > 1 and text
            else name
            for name, text in zip(names, said, strict=True)
        ]
    return names


def names_apart(extract: Extract, language: Language) -> list[str]:
    """The names of all figures of an extract; values of one name that differ are told apart.

    By when they were, else by their row and column, what they are against, and what is printed.
    A value and its change bear one name and need no more: the measure says which is which.

    >>> from analysis import read_article
    >>> names_apart(read_article("8月立案35起,9月立案42起,同比上升5%。"), "zh")
    ['立案（8月）', '立案（9月）', '立案']
    """
    figures = extract.figures
    names = [str(name) for name in extract.named(language)]
    # As a list of one kind each: a rate beside a count of one name is seen by its unit.
    alike: dict[tuple[str, str, str], list[int]] = {}
    kinds = zip(names, figures["measure"].tolist(), figures["unit"].tolist(), strict=True)
    for place, kind in enumerate(kinds):
        alike.setdefault(kind, []).append(place)
    several = [places for places in alike.values() if len(places) > 1]
    if several:
        by = [figures[name].fillna("").astype("str").tolist() for name in _TELLS]
    for places in several:
        tells = [[said[place] for place in places] for said in by]
        told = told_apart([names[place] for place in places], tells, language)
        for place, name in zip(places, told, strict=True):
            names[place] = name
    return names


_TELLS = ("when", "row", "column", "reported")
