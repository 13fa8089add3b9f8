"""Tables of pages: what stands around them, how far labels are set in. Made-up tables."""

import pytest

from analysis import audit, read_table, read_tables

ROWS = "<tr><td>甲区</td><td>10</td><td>12</td></tr><tr><td>乙区</td><td>20</td><td>18</td></tr>"
TABLE = f"<table><tr><td>区域</td><td>1月</td><td>2月</td></tr>{ROWS}</table>"


@pytest.mark.parametrize(
    "page",
    [
        f"<p><span>附表</span>：<b>各区2023年案件数</b></p><p><span>单位</span>：<i>件</i></p>{TABLE}",
        f"<table><tr><td><p>附表：各区2023年案件数</p><p>单位：件</p>{TABLE}</td></tr></table>",
        "<table><tr><td>附表：各区2023年案件数</td></tr><tr><td>单位：件</td></tr>"
        f"<tr><td>{TABLE}</td></tr></table>",
        f"<p>附表：各区2023年案件数</p><table><tr><td>单位：件</td></tr></table>{TABLE}",
        f"<table><tr><td>附表：各区2023年案件数</td></tr><tr><td>单位：件</td></tr></table>{TABLE}",
    ],
    ids=["in pieces", "arranged in a cell", "arranged in rows", "unit apart", "title apart"],
)
def test_what_a_table_is_of_may_stand_in_another_one(page):
    table = read_table(page)
    assert table.figures["unit"].unique().tolist() == ["件"]
    assert table.figures["as_of"].dt.strftime("%Y-%m-%d").tolist()[:2] == [
        "2023-01-31",
        "2023-02-28",
    ]
    assert table.source.title == "附表：各区2023年案件数"
    assert table.passed_over.empty


def test_a_menu_before_a_table_is_not_its_title():
    menu = "<table><tr><td>网站首页</td><td>新闻</td><td>公开</td></tr></table>"
    assert read_table(menu + TABLE).source.title == ""


SET_IN = {
    "padding": ' style="padding-left:{}px"',
    "shorthand": ' style="text-align:left;padding:0px 1px 0px {}px"',
    "class": ' class="cell indent-{}"',
    "element": "><div style='padding-left:{}pt;text-indent:-1pt'",
}


@pytest.mark.parametrize("form", SET_IN)
def test_labels_that_are_set_in_are_parts(form):
    def row(label, far, *figures):
        cells = "".join(f'<td style="padding-left:1px">{n}</td>' for n in figures)
        far = min(far, 9) if form == "class" else 10 * far + 1
        return f"<tr><td{SET_IN[form].format(far)}>{label}</td>{cells}</tr>"

    table = read_table(
        "<table><tr><th>Offence</th><th>2021</th><th>2022</th></tr>"
        + row("Theft", 1, 500, 600)
        + row("from shops", 2, 300, 350)
        + row("of bicycles", 2, 200, 250)
        + row("Fraud", 1, 100, 150)
    )
    assert table.relations["note"].unique().tolist() == ["stand under it"]
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.figures["row"].unique().tolist() == ["Theft", "from shops", "of bicycles", "Fraud"]
    assert table.figures["note"].unique().tolist() == [""]


def test_a_note_over_all_columns_is_passed_over_once():
    notes = '<tr><td colspan="3">备注：数据截至9月30日为止，为快报数据。</td></tr>'
    table = read_table(TABLE.replace("</table>", f"{notes}</table>"))
    assert table.passed_over["reported"].tolist() == ["9", "30"]


def test_a_page_in_one_line_has_its_heads_there_too():
    years = TABLE.replace("1月", "112年").replace("2月", "111年")
    assert read_table(years).passed_over.empty
    assert all(each.passed_over.empty for each in read_tables(years + years))


def test_the_total_of_all_is_below_no_heading():
    rows = [["Violent", "", ""], ["Assault", 10, 20], ["Robbery", 5, 6], ["Total violent", 15, 26]]
    rows += [["Other", "", ""], ["Fraud", 1, 2], ["Arson", 2, 2], ["Total other", 3, 4]]
    rows += [["All offences", 18, 30]]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in [["", "2021", "2022"], *rows])
    table = read_table(f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>")
    assert table.figures["row"].tolist()[-3:] == [
        "Other / Total other",
        "All offences",
        "All offences",
    ]
    assert len(audit(table)) == 6


ACCOUNTS = [
    ["", "附註", "二零二三年<br>千港元", "%", "二零二二年<br>千港元", "%"],
    ["收益", "4", "52,000", "100", "50,000", "100"],
    ["銷售成本", "", "(31,200)", "(60)", "(32,500)", "(65)"],
    ["毛利", "", "20,800", "40", "17,500", "35"],
    ["行政開支", "5", "(10,400)", "(20)", "(10,000)", "(20)"],
    ["年內溢利", "", "10,400", "20", "7,500", "15"],
    ["每股盈利（港仙）", "6", "12.5", "", "10.0", ""],
]


def test_accounts_in_chinese():
    rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in ACCOUNTS)
    table = read_table(f"<table><tr>{'</tr><tr>'.join(rows)}</tr></table>")
    figures = table.figures
    assert figures["unit"].unique().tolist() == ["千港元", "percent", "港仙"]
    assert figures["value"].tolist()[4:6] == [-31200, -60]
    assert "附註" not in figures["column"].tolist()
    assert table.passed_over["reported"].tolist() == ["4", "5", "6"]
    audited = audit(table)
    assert (audited["verdict"] == "agrees").all()
    assert audited["kind"].value_counts().to_dict() == {"ratio": 10, "sum": 8}


def test_thousands_in_the_last_line_of_a_head():
    table = read_table(
        "<table><tr><td></td><td>31 December<br>2023<br>RMB'000</td><td>2022<br>RMB'000</td></tr>"
        "<tr><td>Cash</td><td>8,000</td><td>7,500</td></tr>"
        "<tr><td>Earnings per share</td><td>0.12</td><td>0.10</td></tr></table>"
    )
    assert table.figures["unit"].tolist() == ["RMB'000", "RMB'000", "", ""]
    assert table.figures["measure"].tolist()[:2] == ["amount", "amount"]


def page(rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"


UNITS = {
    "no head": ["指标", "数值", "", "与上年比较", ""],
    "over both": ["指标", "数值", "数值", "与上年比较", "与上年比较"],
}


@pytest.mark.parametrize("form", UNITS)
def test_units_behind_their_figures(form):
    rows = [["人口", "23,500", "人", "-1.2", "%"], ["户数", "9,100", "户", "+0.8", "%"]]
    rows += [["失业率", "3.6", "%", "-0.2", "个百分点"]]
    figures = read_table(page([UNITS[form], *rows])).figures
    assert figures["unit"].tolist() == [
        *("人", "percent", "户", "percent", "percent", "percentage point")
    ]
    assert figures["measure"].tolist() == ["count", "change"] * 2 + ["rate", "difference"]


def test_a_column_of_units_behind_figures():
    rows = [["指标", "2023年", "单位", "比上年增减"], ["人口", "23,500", "人", "-1.2%"]]
    rows += [["产值", "9,100.5", "亿元", "0.8%"]]
    figures = read_table(page(rows)).figures
    assert figures["unit"].tolist() == ["人", "percent", "亿元", "percent"]
    assert figures["column"].unique().tolist() == ["2023年", "比上年增减"]
    table = read_table("indicator,value,unit,year\nPersons,235,persons,2020\nArea,1.5,km²,2021\n")
    assert table.figures["row"].tolist() == ["Persons / 2020", "Area / 2021"]
    assert table.figures["unit"].tolist() == ["persons", "km²"]
    assert table.figures["when"].tolist() == ["2020", "2021"]


def test_numbers_of_columns_below_letters_are_no_figures():
    rows = [["序号", "单位", "本期", "去年同期", "增减"], ["甲", "乙", "①", "②", "③=①-②"]]
    rows += [["1", "一局", "300", "260", "40"], ["2", "二局", "180", "140", "40"]]
    table = read_table(page(rows))
    assert table.figures["value"].tolist() == [300, 260, 40, 180, 140, 40]
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_unit_each_for_two_numbers_of_a_cell():
    rows = [["项目", "2021年", "2022年", "增减"], ["", "件/人", "件/人", "件/人"]]
    rows += [["盗窃", "320／410", "300／380", "-20／-30"], ["抢劫", "45／60", "50／66", "5／6"]]
    rows += [["合计", "365／470", "350／446", "-15／-24"]]
    table = read_table(page(rows))
    assert table.figures["unit"].tolist() == ["件", "人"] * 9
    assert set(table.figures["measure"]) == {"count", "difference"}
    assert (audit(table)["verdict"] == "agrees").all()
    assert len(audit(table)) == 12


def test_words_say_nothing_of_the_columns_of_another_head():
    rows = [["项目", "当月", "当月", "累计", "累计", "累计"]]
    rows += [["", "金额", "环比%", "金额", "去年同期", "同比%"]]
    rows += [["进出口", "200.0", "5.4", "580.0", "550.0", "5.5"]]
    rows += [["出口", "120.0", "4.3", "350.0", "330.0", "6.1"]]
    rows += [["进口", "80.0", "6.7", "230.0", "220.0", "4.5"]]
    table = read_table(page(rows))
    changes = table.relations[table.relations["kind"] == "change"]
    assert changes.loc[changes["role"] == "prior", "figure"].tolist() == [
        *("r01_c4", "r02_c4", "r03_c4")
    ]
    assert changes.loc[changes["role"] == "change", "figure"].tolist()[3:] == [
        *("r01_c5", "r02_c5", "r03_c5")
    ]


def test_a_head_over_signs_of_money_is_that_of_their_numbers():
    text = ",,2023,,,2022,\nRevenue:,,,,,,\nProducts,$,450,,$,400,\nServices,,50,,,40,\n"
    table = read_table(text + "Total revenue,,500,,,440,\nNet income,$,20,,$,15,\n")
    assert table.figures["column"].tolist() == ["2023", "2022"] * 4
    assert table.figures["row"].unique().tolist()[-1] == "Net income"


def test_months_in_a_column_are_labels():
    table = read_table(
        "year,month,region,cases\n2022,1,North,120\n2022,1,South,98\n2022,2,North,7\n"
    )
    assert table.figures["row"].tolist()[0] == "2022 / 1 / North"
    assert table.figures["column"].unique().tolist() == ["cases"]


def test_a_triangle_beside_a_plus_is_a_minus():
    rows = [
        ["Year", "2022", "2023", "Change", "Change (%)"],
        ["Sales", "100", "110", "+10", "+10.0"],
    ]
    rows += [["Profit (millions of yen)", "40", "30", "△10", "△25.0"]]
    table = read_table(page(rows))
    assert table.figures["value"].tolist()[-2:] == [-10, -25]
    assert table.figures["unit"].tolist()[4] == "millions of yen"
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_head_over_all_figures_is_no_title():
    rows = [
        ["", "受害人性別", "受害人性別"],
        ["類型", "男", "女"],
        ["家暴", "12 (20.0%)", "48 (80.0%)"],
    ]
    table = read_table(page(rows))
    assert table.source.title == ""
    assert table.figures["column"].tolist() == ["受害人性別 / 男"] * 2 + ["受害人性別 / 女"] * 2
    assert table.figures["measure"].tolist() == ["count", "rate"] * 2


def test_a_list_that_goes_on_beside_its_beginning():
    rows = [["地区", "案件", "破案", "地区", "案件", "破案"], ["甲县", 10, 8, "丁县", 40, 32]]
    rows += [["乙县", 20, 15, "戊县", 50, 35], ["丙县", 30, 21, "合计", 150, 111]]
    table = read_table(page(rows))
    assert audit(table)["verdict"].tolist() == ["agrees", "agrees"]
    assert len(table.relations) == 12
    rows[3][3] = "己县"  # without a total they are two
    assert read_table(page(rows)).figures.index[0] == "t1r01_c1"


@pytest.mark.parametrize("heading", ["(Loss)/profit per share", "attributable to", "(continued)"])
def test_a_line_merged_over_all_columns_is_a_heading(heading):
    rows = [["Profit after tax of the owners", "53", "64"], ["Owners", "50", "60"]]
    text = "<table><tr><th>£m</th><th>2020</th><th>2019</th></tr>"
    text += "<tr>" + "".join(f"<td>{cell}</td>" for cell in rows[0]) + "</tr>"
    text += f"<tr><td colspan='3'>{heading}</td></tr>"
    text += "<tr>" + "".join(f"<td>{cell}</td>" for cell in rows[1]) + "</tr></table>"
    labels = read_table(text).figures["row"].unique().tolist()
    assert labels == ["Profit after tax of the owners", f"{heading} / Owners"]


@pytest.mark.parametrize("label", ["(Loss)/profit per share (pence)", "Basic EPS", "每股亏损(分)"])
def test_what_a_share_loses_is_in_brackets(label):
    text = "<table><tr><th>£m</th><th>2020</th><th>2019</th></tr><tr><td>Net</td><td>(64.2)"
    text += f"</td><td>71.8</td></tr><tr><td>{label}</td><td>(28.9)</td><td>32.2</td></tr></table>"
    assert read_table(text).figures["value"].tolist() == [-64.2, 71.8, -28.9, 32.2]


@pytest.mark.parametrize("serial", ["序号", "Rank", "位次"])
def test_blocks_side_by_side_that_begin_with_a_number(serial):
    rows = [["1", "甲县", "120.5", "4", "丁县", "70.3"], ["2", "乙县", "98.4", "5", "戊县", "66.0"]]
    rows = [[serial, "县区", "产值"] * 2, *rows, ["3", "丙县", "87.1", "", "合计", "442.3"]]
    table = read_table(page(rows))
    assert table.figures["row"].tolist() == ["甲县", "乙县", "丙县", "丁县", "戊县", "合计"]
    assert table.figures["column"].unique().tolist() == ["产值"]
    assert audit(table)["verdict"].tolist() == ["agrees"]
