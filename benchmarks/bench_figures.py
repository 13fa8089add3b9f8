"""Finding figures in text, and reading a column of them."""

import numpy as np
import pandas as pd
import pytest

from analysis import find_figures, read_article, read_figure, read_figures
from analysis.simulation import synthetic_panel

MEGABYTE = 10**6


def bulletin(size):
    """Made-up bulletin text of so many bytes in UTF-8, a county and month a paragraph."""
    panel = synthetic_panel(size // 50, seed=7)
    paragraphs = [
        f"{row.county}号县{row.month}月立案{row.current}起，同比{'降' if row.change < 0 else '升'}"
        f"{abs(row.change)}%，破获{row.solved}起，占{row.rate}%，涉案资金约{row.prior}余万元。"
        for row in panel.itertuples()
    ]
    text = "\n".join(paragraphs).encode()[:size].decode(errors="ignore")
    assert len(text.encode()) > size - 4
    return text


def test_find_figures(measure):
    """One call for a megabyte, in which nearly every figure differs."""
    text = bulletin(MEGABYTE)
    peer = "recognizers-text-number, 1 MB"
    aims = {f"{peer} at once": "≥ 20", f"{peer} by paragraph": "reported"}
    aims |= {"jionlp money, 100 kB by paragraph": "reported"}
    aims |= {"find_figures, 100 kB": "≤ 1.3"}
    measure("find_figures, 1 MB", lambda: find_figures(text), MEGABYTE, 5, aims)


def test_find_figures_in_less(measure):
    """One call for a hundred kilobytes."""
    text = bulletin(MEGABYTE // 10)
    aims = {"recognizers-text-number, 100 kB at once": "≥ 20"}
    measure("find_figures, 100 kB", lambda: find_figures(text), MEGABYTE / 10, 9, aims)


def test_recognizers_by_paragraph(measure):
    """`recognize_number` in Chinese, once for each paragraph of the megabyte: its best use. It
    finds numbers; signs, hedges and bounds are not its business.
    """
    recognizers = pytest.importorskip("recognizers_number")
    paragraphs = bulletin(MEGABYTE).split("\n")
    culture = recognizers.Culture.Chinese

    def run():
        return [recognizers.recognize_number(each, culture) for each in paragraphs]

    measure("recognizers-text-number, 1 MB by paragraph", run, MEGABYTE, 1)


@pytest.mark.parametrize("size", [MEGABYTE // 10, MEGABYTE])
def test_recognizers_at_once(measure, size):
    """`recognize_number` in Chinese, one call for all of the text, as `find_figures`: minutes for a
    megabyte, as its time grows with the square of a text's length.
    """
    recognizers = pytest.importorskip("recognizers_number")
    text = bulletin(size)
    culture = recognizers.Culture.Chinese
    run = lambda: recognizers.recognize_number(text, culture)  # noqa: E731
    name = "1 MB" if size == MEGABYTE else "100 kB"
    measure(f"recognizers-text-number, {name} at once", run, size, 1)


def test_jionlp_money(measure):
    """`ner.extract_money` with what each amount comes to, once for each paragraph of a hundred
    kilobytes. It finds amounts of money alone, a fifth of the figures; of a hedge it gives two ends
    or says that the number is blurred.
    """
    jionlp = pytest.importorskip("jionlp")
    paragraphs = bulletin(MEGABYTE // 10).split("\n")
    found = [jionlp.ner.extract_money(each, with_parsing=True) for each in paragraphs]
    assert all(found[:-1])  # the last paragraph may be cut off

    def run():
        return [jionlp.ner.extract_money(each, with_parsing=True) for each in paragraphs]

    measure("jionlp money, 100 kB by paragraph", run, MEGABYTE / 10, 1)


@pytest.mark.parametrize("size", [MEGABYTE // 10, MEGABYTE])
def test_read_article(measure, size):
    """`read_article` of a text and of one ten times as long: figures, names, times and claims."""
    text = bulletin(size)
    name, less = "read_article, 1 MB", "read_article, 100 kB"
    aims = {less: "≤ 1.3", "find_figures, 1 MB": "≤ 5"} if size == MEGABYTE else {}
    measure(name if aims else less, lambda: read_article(text), size, 3, aims)


@pytest.mark.parametrize("clause", ["、3起", "，上升5%", "（其中3起", "案"])
@pytest.mark.parametrize("length", [MEGABYTE // 40, MEGABYTE // 4])
def test_read_article_hostile(measure, clause, length):
    """One sentence of so many characters: figures, changes, brackets or a noun. Linear."""
    text = "2018年立案9000起" + clause * (length // len(clause))
    row = "read_article, {:,} characters of {}"
    aims = {row.format(MEGABYTE // 40, clause): "≤ 1.5"} if length == MEGABYTE // 4 else {}
    measure(row.format(length, clause), lambda: read_article(text), length, 3, aims)


@pytest.mark.parametrize("character", ["1", "千"])
@pytest.mark.parametrize("length", [MEGABYTE // 2, MEGABYTE])
def test_hostile(measure, character, length):
    """A million digits, or a million 千, against half of them: linear."""
    text = character * length
    aims = {f"{MEGABYTE // 2:,} × {character}": "≤ 1.3"} if length == MEGABYTE else {}
    measure(f"{length:,} × {character}", lambda: find_figures(text), length, 5, aims)


def printed_figures(rows):
    """Counts, hedged counts, rates and changes as printed, nearly every one different."""
    random = np.random.default_rng(3)
    count = pd.Series(random.integers(1, 10**7, rows).astype(str))
    share = pd.Series([f"{x:.1f}%" for x in random.uniform(0, 100, rows)])
    forms = [count + "起", count + "余件", share, "下降" + share]
    return pd.Series(np.choose(random.integers(0, 4, rows), [x.to_numpy(object) for x in forms]))


def test_read_figures(measure):
    """A column of a million printed figures in one call."""
    column = printed_figures(10**6)
    aims = {"read_figure in a loop": "≥ 10"}
    measure("read_figures, 1,000,000 rows", lambda: read_figures(column), 10**6, 3, aims)


def test_read_figure_in_a_loop(measure):
    """`read_figure` called for each of a hundred thousand of them; times are compared a figure."""
    texts = printed_figures(10**5).tolist()
    measure("read_figure in a loop", lambda: [read_figure(x) for x in texts], 10**5, 3)
