"""The network of figures and claims, read from its Axes."""

import logging

import matplotlib as mpl
import pytest
from building import extract
from matplotlib.colors import to_hex

from analysis import charts
from analysis.charts import page
from analysis.extract import Source

mpl.use("Agg")

# 600 at -10% was 664 to 669, 400 at -12% 452 to 457, 1000 at -30% 1419 to 1438: the parts make
# 1116 to 1126, so no claim fails by itself and all cannot hold.
FIGURES = {"all": "1000起", "a": "600起", "b": "400起"}
FIGURES |= {"all_change": "下降30%", "a_change": "下降10%", "b_change": "下降12%"}
CLAIMS = {"sum": ("sum", {"total": "all", "part": ["a", "b"]})}
CLAIMS |= {
    f"{key}_then": ("change", {"current": key, "change": f"{key}_change"})
    for key in ("all", "a", "b")
}


def drawn(ax):
    """By column: the rows of dots, of squares, and the line's style and colour."""
    columns = {}
    for line in ax.lines:
        x = line.get_xdata()[0] if len(line.get_xdata()) else None
        marker = line.get_marker()
        if x is not None:
            name = {"o": "dots", "s": "square"}.get(marker, "line")
            columns.setdefault(x, {})[name] = list(line.get_ydata())
            if name == "line":
                columns[x]["style"] = line.get_linestyle(), to_hex(line.get_color())
    return columns


def bands(ax):
    return [round(patch.get_y() + patch.get_height() / 2) for patch in ax.patches]


def labels(ax):
    return [text.get_text().split()[0] for text in ax.get_yticklabels()]


def made(figures=FIGURES, claims=CLAIMS):
    source = Source("made up", "nobody", "2020-01-02")
    return extract(figures, claims, source=source, against="year earlier")


def test_a_row_a_figure_and_a_column_a_claim():
    ax = charts.network(made(FIGURES | {"all_change": "下降11%"}))
    assert labels(ax) == ["all", "a", "b", "all_change", "a_change", "b_change"]
    columns = drawn(ax)
    # The result of the sum is the total, of a change the change.
    assert [columns[n]["square"] for n in range(4)] == [[0], [3], [4], [5]]
    assert [columns[n]["dots"] for n in range(4)] == [[1, 2], [0], [1], [2]]
    assert {columns[n]["style"] for n in range(4)} == {("-", page.PRINTED)}
    assert bands(ax) == []
    assert ax.figure.get_suptitle() == "4 claims that tie 6 figures can hold together"
    assert [text.get_text() for text in ax.get_xticklabels()][:2] == ["1\nsum", "2\nchange"]


def test_claims_that_agree_singly_and_contradict_together_are_marked():
    ax = charts.network(made())
    columns = drawn(ax)
    assert {columns[n]["style"] for n in range(4)} == {("--", page.DOUBT)}
    assert bands(ax) == [3, 4, 5]
    said = [text.get_text().replace("\n", " ") for text in ax.texts]
    # 1000 / 0.895 = 1117.3 and 1000 / 0.905 = 1105: with 10% it is in reach, with no other digit.
    assert said[0] == "may be the wrong one: 下降30% → 下降10% (one digit)"
    assert said[1:] == ["may be the wrong one: no single slip found"] * 2
    headline = "Of 6 figures at least 1 must be wrong; claims contradicted: 4 of 4"
    assert ax.figure.get_suptitle() == headline
    assert ax.figure.alt.startswith(headline)


def test_the_one_figure_that_must_be_wrong():
    # 60 + 41 is 101, and 41 of 100 is no 40%: 40 fits both, as nothing else does.
    figures = {"all": "100起", "one": "60起", "two": "41起", "of_all": "40.0%", "of_one": "66.7%"}
    claims = {"sum": ("sum", {"total": "all", "part": ["one", "two"]})}
    claims["rate"] = ("ratio", {"rate": "of_all", "numerator": "two", "denominator": "all"})
    claims["other"] = ("ratio", {"rate": "of_one", "numerator": "two", "denominator": "one"})
    ax = charts.network(made(figures, claims), language="zh")
    assert bands(ax) == [labels(ax).index("two")]
    assert [text.get_text().replace("\n", " ") for text in ax.texts] == [
        "必有误：41起 → 40起 (一位数字之差)"
    ]
    assert ax.figure.get_suptitle().startswith("5 个数字中至少有 1 个有误")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [2, 10])
def test_ten_claims_are_as_legible_as_two(size, language, caplog):
    figures, claims = {}, {}
    for n in range(size):
        figures |= {
            f"total{n}": f"{2 * n + 31}起",
            f"part{n}": f"{n + 20}起",
            f"rest{n}": f"{n + 11}起",
        }
        if n == size - 1:
            figures[f"part{n}"] = "99起"  # so that there is something to mark
        claims[f"sum{n}"] = ("sum", {"total": f"total{n}", "part": [f"part{n}", f"rest{n}"]})
    with caplog.at_level(logging.WARNING):
        ax = charts.network(made(figures, claims), language=language)
        ax.figure.canvas.draw()
    assert not caplog.records  # dummy glyphs are only logged
    renderer = ax.figure.canvas.get_renderer()
    for tick_labels in (ax.get_yticklabels(), ax.get_xticklabels()):
        boxes = [text.get_window_extent(renderer) for text in tick_labels]
        for n, box in enumerate(boxes):
            assert not any(box.padded(-1).overlaps(other.padded(-1)) for other in boxes[:n])
    width = ax.figure.canvas.get_width_height()[0]
    for text in (ax.xaxis.label, ax.figure._suptitle, ax.figure._supxlabel, *ax.texts):
        assert text.get_window_extent(renderer).x1 <= width + 1, text
    rows = ax.transData.transform([(0, 0), (0, 1)])[:, 1]
    assert abs(rows[1] - rows[0]) > 30  # pixels a row, at 120 an inch


def test_what_it_takes():
    with pytest.raises(KeyError, match="relations: found 'other', expected a key of relations"):
        charts.network(made(), ["sum", "other"])
    with pytest.raises(ValueError, match="no claims"):
        charts.network(made(FIGURES, {}))
    with pytest.raises(TypeError, match=r"\['sum'\]"):
        charts.network(made(), "sum")
    ax = charts.network(made(), ["sum", "a_then"])
    assert labels(ax) == ["all", "a", "b", "a_change"]
