"""The committed font draws what charts need, and the style suits print and every eye."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import rc_params_from_file
from matplotlib.colors import to_rgb

from analysis.figures.script import traditional

FONTS = Path(__file__).parents[2] / "src" / "analysis" / "fonts"


@pytest.fixture(scope="module")
def font() -> Iterator[TTFont]:
    with TTFont(FONTS / "FiguresSansSC-Regular.ttf") as opened:
        yield opened


def test_font_covers_gb2312_ascii_and_latin_1(font: TTFont) -> None:
    rows = range(0xA1, 0xFF)
    chinese = {bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in rows}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    assert len(chinese - {""}) == 7445
    wanted = (chinese | latin) - {""}
    assert wanted - {chr(code) for code in font.getBestCmap()} == set()


def test_font_covers_what_hong_kong_macau_and_taiwan_write(font: TTFont) -> None:
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = [bytes([row, cell]) for row in range(0xA4, 0xC7) for cell in cells]
    common = {pair.decode("big5", "ignore") for pair in pairs} - {""}
    # Big5 has 5401 common hanzi in these rows, and no other that is read is without a glyph.
    assert len({character for character in common if "一" <= character <= "鿿"}) == 5401
    drawn = {chr(code) for code in font.getBestCmap()}
    assert (common | set(traditional())) - drawn == set()


def test_font_covers_the_signs_of_charts_and_prose(font: TTFont) -> None:
    signs = "−–—…×÷±≈≤≥→←↑↓∞‰·•□■▲▼°²³½‘’“”，。：；！？（）《》、％"
    assert set(signs) - {chr(code) for code in font.getBestCmap()} == set()


def test_no_name_of_the_font_is_reserved(font: TTFont) -> None:
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    # The copyright line and the trademark notice (0 and 7) say that "Source" is reserved.
    reserved = [number for number, text in names.items() if "Source" in text]
    assert set(reserved) <= {0, 7}
    assert (names[1], names[6]) == ("Figures Sans SC", "FiguresSansSC-Regular")
    assert "SIL Open Font License" in names[13]


def test_the_licence_lies_beside_the_font() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_font_is_small_enough_to_clone() -> None:
    assert (FONTS / "FiguresSansSC-Regular.ttf").stat().st_size < 3_500_000


def lightness(colour: str) -> float:
    """CIE L* of a hex colour, 0 to 100."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


def test_the_style_puts_the_font_first_and_its_colours_survive_grey_print() -> None:
    style = rc_params_from_file(FONTS.parent / "figures.mplstyle", use_default_template=False)
    assert style["font.family"][0] == "Figures Sans SC"
    colours = [lightness(entry["color"]) for entry in style["axes.prop_cycle"]]
    # Each against the next, the last against the first; L* 61 is a contrast of 3:1 with white.
    pairs = zip(colours, colours[1:] + colours[:1], strict=True)
    assert all(abs(one - other) >= 15 for one, other in pairs)
    assert max(colours) < 61
