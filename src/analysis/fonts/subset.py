"""Make the charts' font: Noto Sans SC, cut down to what Chinese and English figures need.

The source is NotoSansSC-Regular.ttf (2.004, SIL Open Font License), which the PyPI package
`zhplot` 1.0.0 carries:

    pip download --no-deps --dest /tmp zhplot==1.0.0
    unzip -j /tmp/zhplot-1.0.0-py3-none-any.whl zhplot/fonts/NotoSansSC-Regular.ttf -d /tmp
    python src/analysis/fonts/subset.py /tmp/NotoSansSC-Regular.ttf

The same source and fontTools give the same bytes. The licence reserves the name "Source" and asks
that a changed font not use it, so the family is called Figures Sans SC; see OFL.txt.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Figures Sans SC"
TARGET = Path(__file__).with_name("FiguresSansSC-Regular.ttf")
READ = Path(__file__).parents[1] / "figures" / "traditional.txt"  # simplified, and its other forms

# nameID -> text. The others kept are copyright, trademark, maker, designers and the licence.
NAMES = {1: FAMILY, 2: "Regular", 3: "2.004;FiguresSansSC-Regular", 4: f"{FAMILY} Regular"}
NAMES |= {5: "Version 2.004; subset of Noto Sans SC", 6: "FiguresSansSC-Regular"}
KEPT = [0, 7, 8, 9, 10, 11, 13, 14]


def gb2312() -> set[str]:
    """Every character of GB 2312: 6763 hanzi, full-width forms, kana, Greek, Cyrillic, rules.

    >>> len(gb2312())
    7445
    """
    rows = range(0xA1, 0xFF)
    pairs = (bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in rows)
    return {character for character in pairs if character}


def in_traditional() -> set[str]:
    """What Hong Kong, Macau and Taiwan write: the 5401 common hanzi of Big5, and every form read.

    >>> len(in_traditional()) > 5401 and {"萬", "衞", "個"} <= in_traditional()
    True
    """
    rows, cells = range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes([row, cell]).decode("big5", "ignore") for row in rows for cell in cells)
    forms = {form for line in READ.read_text(encoding="utf-8").split() for form in line[1:]}
    return {character for character in pairs if len(character) == 1} | forms


def wanted() -> set[str]:
    """GB 2312, traditional characters, ASCII, Latin-1 and the signs of charts and English prose."""
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    full_width = {chr(code) for code in (*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))}
    # Some are in the sets above already: this is the list that charts and prose may count on.
    signs = set("−–—…×÷±·°²³½‘’“”≈≠≤≥→←↑↓∞‰•□■○●△▲▽▼◆€\u2002\u2003")
    return gb2312() | in_traditional() | latin | full_width | signs


def main(source: str) -> None:
    """Write the subset of the font file `source` beside this script."""
    # The file's own date is kept: a new one would change the bytes at every run.
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, layout_features=["kern"])
    options.name_IDs = [*NAMES, *KEPT]
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx", "gasp", "VORG", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in wanted()])
    subsetter.subset(font)
    for name_id, text in NAMES.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    missing = sorted(wanted() - {chr(code) for code in font.getBestCmap()})
    if missing:
        sys.exit(f"{source} has no glyph for {missing}")
    font.save(TARGET, reorderTables=True)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
