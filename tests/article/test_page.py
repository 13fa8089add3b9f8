"""Saved web pages: made-up pages from templates as sites of bureaus and papers use them."""

import pytest

from analysis import ExtractError, audit, coverage, read_article
from analysis.__main__ import main
from analysis.article.page import is_page, page_of

TITLE = "示范市公布前三季度治安数据"
FIRST = "2018年1至9月,示范市公安机关立案侦查刑事案件1200起,同比下降25%。"
SECOND = "其间破获盗窃案件628起,打掉团伙36个,挽回损失1300余万元,群众来信来访事项逐件办理。"
THIRD = "下一步,示范市将继续开展巡查宣传工作,保持打击力度,每季度公布一次数据。"
ROWS = [("盗窃案件", "628", "702"), ("诈骗案件", "402", "380"), ("其他案件", "170", "518")]
ROWS += [("合计", "1200", "1600")]
TABLE = (
    "<table><tr><th rowspan='2'>类别</th><th colspan='2'>立案数(起)</th></tr>"
    "<tr><th>2018年1至9月</th><th>2017年1至9月</th></tr>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    + "</table>"
)
MENU = "".join(f"<li><a href='/c{n}.html'>栏目{n}</a></li>" for n in range(1, 9))
FOOT = "网站备案号:示ICP备05012345号-1 网站标识码:1402000031 电话:0352-7985012 浏览量:98765次"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>{TABLE}<p>{THIRD}</p>"


def government():
    """A bureau's site: a table of what the page says of itself, the text in one division."""
    return f"""<!DOCTYPE html><html><head><title>{TITLE}_示范市人民政府</title>
    <meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2018-10-15 09:30">
    <meta name="ContentSource" content="示范市公安局"></head><body>
    <div class="header"><ul>{MENU}</ul></div><div class="main"><h1>{TITLE}</h1>
    <div class="info">发布时间:2018-10-15 来源:示范市公安局 浏览次数:356</div>
    <div class="content" id="zoom">{BODY}</div></div>
    <div class="footer"><p>{FOOT}</p></div></body></html>"""


def newspaper():
    """A paper's site: nothing in the head, day and source in a line under the headline."""
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}-示范日报</title>
    </head><body><div id="nav"><a href="/">首页</a><ul>{MENU}</ul></div><div class="article">
    <h1>{TITLE}</h1><p class="source">2018年10月15日 08:12 来源:示范日报 作者:甲乙</p>
    <div class="article-body">{BODY}</div></div>
    <div class="sidebar"><h3>热门</h3><ul>{MENU}</ul></div><footer>{FOOT}</footer></body></html>"""


def modern():
    """Semantic elements, and what the page is shared as."""
    return f"""<!DOCTYPE html><html lang="zh"><head><title>{TITLE} | 示范网</title>
    <meta property="og:title" content="{TITLE}">
    <meta property="article:published_time" content="2018-10-15T08:00:00+08:00">
    <meta property="og:site_name" content="示范网"></head><body><header><nav><ul>{MENU}</ul></nav>
    </header><main><article><h1>{TITLE}</h1>{BODY}</article></main>
    <aside><ul>{MENU}</ul></aside><footer><p>{FOOT}</p></footer></body></html>"""


def tables_of_the_nineties():
    """A page that is laid out with tables."""
    return f"""<html><head><title>{TITLE}</title></head><body>
    <table width="1000"><tr><td colspan="2"><ul>{MENU}</ul></td></tr>
    <tr><td width="180"><ul>{MENU}</ul></td><td class="content"><h1>{TITLE}</h1>
    <p align="center">发布日期:2018/10/15 来源:示范市公安局</p>{BODY}</td></tr>
    <tr><td colspan="2" class="footer">{FOOT}</td></tr></table></body></html>"""


def phone():
    """A page for phones, its paragraphs in sections with spans."""
    spans = "".join(f"<section><span>{text}</span></section>" for text in (FIRST, SECOND))
    return f"""<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>
    <div id="page-content" class="rich_media"><h2 class="rich_media_title">{TITLE}</h2>
    <em id="publish_time">发布时间:2018年10月15日</em><span>来源:示范警方</span>
    <div class="rich_media_content" id="js_content">{spans}<section>{TABLE}</section>
    <section><p>{THIRD}</p></section></div></div>
    <div class="comment"><p>点赞 1024 在看 77</p></div></body></html>"""


def portal():
    """A portal: scripts, advertisements and links to other news around and inside the text."""
    return f"""<!DOCTYPE html><html><head><title>{TITLE}_新闻_示范门户</title>
    <meta name="publishdate" content="2018-10-15"><meta name="source" content="示范晚报">
    <script>var hits = 4711;</script></head><body><div class="topnav"><ul>{MENU}</ul></div>
    <div class="left"><h1>{TITLE}</h1><div class="text" id="artibody">{BODY}
    <script>document.write("13800000000");</script></div>
    <div class="related"><h4>相关新闻</h4><ul>{MENU}</ul></div></div>
    <div class="copyright">{FOOT}</div></body></html>"""


def headline_with_its_day():
    """Day, source and hits in the headline's own element, behind a line break."""
    return f"""<html><head><title>{TITLE} - 示范热线</title></head><body><div><ul>{MENU}</ul></div>
    <div id="Article"><h1>{TITLE}<br/><span>2018-10-15 09:30 来源:示范热线 评论:<a>0</a>
    点击:<b>356</b></span></h1><div class="content">{BODY}</div></div>
    <div>{FOOT}</div></body></html>"""


def site_in_the_headline():
    """The one h1 names the site, the headline is a paragraph, and a line of the text has hits."""
    return f"""<html><head><title>示范市-{TITLE}</title></head><body>
    <h1 class="logo">示范市人民政府门户网站</h1><ul>{MENU}</ul><div class="article">
    <p class="tit">{TITLE}</p><div id="zoom"><p>发布时间:2018-10-15 信息来源:示范市统计局
    浏览:356次 【打印】</p>{BODY}</div></div><div>{FOOT}</div></body></html>"""


def headings_of_the_third_rank():
    """A site with several names in its title, and who published it in its own word."""
    return f"""<html><head><title>{TITLE} - 公告 - 示范大学保卫处</title></head><body>
    <ul>{MENU}</ul><div class="arti"><h3 class="arti_title">{TITLE}</h3><p class="arti_metas">
    <span>发布者:保卫处</span><span>发布时间:2018-10-15</span><span>浏览次数:356</span></p>
    <div class="wp_articlecontent">{BODY}</div></div>
    <div>上一条:<a>示范市公布上半年数据(130起)</a></div></body></html>"""


def time_element():
    """The day in an element of its own; the site's name is a headline, too."""
    return f"""<!DOCTYPE html><html><head><title>{TITLE} | 示范观察</title>
    <meta name="dc.creator" content="示范观察"></head><body><header><h1>示范观察周报</h1></header>
    <article><h1>{TITLE}</h1>
    <div>发表于 <time datetime="2018-10-15T08:00:00+08:00">周一</time></div>
    {BODY}</article><footer>2015 - 2021</footer></body></html>"""


TEMPLATES = [government, newspaper, modern, tables_of_the_nineties, phone, portal]
TEMPLATES += [headline_with_its_day, site_in_the_headline, headings_of_the_third_rank, time_element]
SOURCES = ["示范市公安局", "示范日报", "示范网", "示范市公安局", "示范警方", "示范晚报"]
SOURCES += ["示范热线", "示范市统计局", "保卫处", "示范观察"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_text_and_tables_are_read_and_nothing_else(template):
    article = read_article(template())
    assert article.figures["reported"].tolist() == [
        "1200起", "下降25%", "628起", "36个", "1300余万元",  # the text
        *("628", "702", "402", "380", "170", "518", "1200", "1600"),  # the table
    ]  # fmt: skip
    assert (audit(article)["verdict"] != "contradicts").all()


@pytest.mark.parametrize(("template", "source"), list(zip(TEMPLATES, SOURCES, strict=True)))
def test_what_a_page_says_of_itself_is_proposed_as_the_source(template, source):
    said = read_article(template()).source
    assert (said.title, said.publisher, said.published) == (TITLE, source, "2018-10-15")


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_numeral_of_the_text_is_accounted_for(template):
    page = page_of(template())
    found = coverage(read_article(template()), page.text)
    assert (found["accounted"] == 1).all()


def test_the_table_is_tied_to_the_text():
    article = read_article(government())
    tied = article.relations[article.relations["relation"].str.startswith("repeats")]
    reported = article.figures.loc[tied["figure"], "reported"].tolist()
    assert reported == ["628起", "628"]  # the total row names nothing


def test_the_command_takes_a_saved_page(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text(government(), encoding="gb18030")
    assert main(["read", str(path)]) == 0
    assert "下降25%" in capsys.readouterr().out
    assert read_article(path).source.published == "2018-10-15"


@pytest.mark.parametrize("text", ["<html><body></body></html>", "<!DOCTYPE html><html></html>"])
def test_a_page_without_text_is_refused(text):
    assert is_page(text)
    with pytest.raises(ExtractError, match="expected a page of HTML with text"):
        read_article(text)


def test_a_text_with_a_sign_of_less_is_no_page():
    assert not is_page("立案<100起")
    assert read_article("立案<100起").figures["reported"].tolist() != []


def test_a_day_that_is_none_is_not_proposed():
    page = government().replace("2018-10-15", "2018-13-45")
    assert page_of(page).published == ""


def test_the_title_is_the_one_h1_though_an_h2_stands_before_it():
    """The title of the page names only the site, so that no text of the page stands in it."""
    page = (
        "<html><head><title>门户</title></head><body><h2>欢迎您访问本网站首页</h2>"
        "<h1>全市上半年刑事案件情况</h1>"
        + "<p>全市立案120起,同比下降5%,破案80起,破案数比上年同期增加12起。</p>" * 4
        + "</body></html>"
    )
    assert page_of(page).title == "全市上半年刑事案件情况"


def test_a_path_of_a_text_is_read_as_its_text(tmp_path):
    text = "2018年共立案342起,同比下降23.5%。\n其中盗窃案件120起。"
    file = tmp_path / "article.txt"
    file.write_text(text, "utf-8")
    article = read_article(file)
    assert article.figures.equals(read_article(text).figures)
    with pytest.raises(ExtractError, match="no file"):
        read_article(tmp_path / "other.txt")
