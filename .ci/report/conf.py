"""How Sphinx makes the report of the pages that pages.py writes. Outputs are as stored."""

import html
import re
import textwrap
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

project = "Printed figures"
author = "The printed-figures authors"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc"]

exclude_patterns = ["files"]  # they are for download

nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

# In the docstrings, `name` is a name of the library where there is one, else code.
default_role = "py:obj"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
autodoc_type_aliases = {"Column": "Column", "Language": "Language"}
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "Printed figures"
html_favicon = "icon.svg"
html_static_path = ["report.css"]
html_css_files = ["report.css"]
templates_path = ["templates"]
html_domain_indices = False
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_permalinks = False

HAN = "\u4e00-\u9fff"


class SearchEnglishAndChinese(SearchEnglish):
    """English words; of Chinese, which has no spaces, every two characters that stand together.

    A number keeps the counter after it, so that 6623起 is found. The browser splits alike.
    """

    _word = re.compile(rf"\d+[{HAN}]|[{HAN}]+|(?:(?![{HAN}])\w)+")
    js_splitter_code = rf"""
var splitQuery = (query) =>
  (query.match(/\d+[{HAN}]|[{HAN}]+|(?:(?![{HAN}])[\p{{L}}\p{{N}}_])+/gu) || []).flatMap((word) =>
    /^[{HAN}]{{2,}}$/.test(word) ? [...word].slice(1).map((c, n) => word[n] + c) : [word]);
"""

    def split(self, input: str) -> list[str]:
        words = []
        for word in self._word.findall(input):
            pairs = [word[n : n + 2] for n in range(len(word) - 1)]
            words += pairs if len(word) > 1 and word[0] >= HAN[0] else [word]
        return words


LONGEST_DESCRIPTION = 160  # characters, of which search engines and messengers show no more


def described(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say to browsers and screen readers which pages are Chinese, and what each is about."""
    if page.endswith(".zh-CN"):
        context["language"] = "zh-CN"
    first = doctree.next_node(nodes.paragraph) if doctree else None
    if first is not None:
        said = " ".join(first.astext().removeprefix("Question: ").split())
        said = textwrap.shorten(said, LONGEST_DESCRIPTION, placeholder=" …")
        context["metatags"] += f'<meta name="description" content="{html.escape(said)}" />'


# What the theme, Sphinx and pandas leave out for those who listen to a page or use no pointer: the
# text of each page, and what stands there instead.
MENDED = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="No list">',
    '<div class="output text_html">': '<div class="output text_html" tabindex="0">',
    '<div class="output text_plain highlight-myst-ansi': (
        '<div tabindex="0" class="output text_plain highlight-myst-ansi'
    ),
    "<pre>": '<pre tabindex="0">',
    "<th></th>": "<td></td>",
    '<div id="search-results">': '<h1 class="heading">Search</h1><div id="search-results">',
}


# A chart leads to itself at its full size, as on a narrow screen it is small; MyST-NB's do already.
CHART = re.compile(r'(<a [^>]*>)?(<img [^>]*src="(_images/[^"]+[.]png)"[^>]*>)')


def mended(app: Sphinx, error: Exception | None) -> None:
    for path in Path(app.outdir).glob("*.html") if error is None else ():
        text = path.read_text(encoding="utf-8")
        for left, instead in MENDED.items():
            text = text.replace(left, instead)
        text = CHART.sub(
            lambda found: found[0] if found[1] else f'<a href="{found[3]}">{found[2]}</a>', text
        )
        path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_search_language(SearchEnglishAndChinese)
    app.connect("html-page-context", described)
    app.connect("build-finished", mended)
