"""What `read_article` proposes for articles whose claims were entered by hand."""

from pathlib import Path

from analysis import load, read_article

DATA = Path(__file__).resolve().parents[2] / "data"


def claims_by_place(extract):
    """Each claim as its kind and the places of its figures by role."""
    figures = extract.figures
    placed = {key: (row["paragraph"], row["position"]) for key, row in figures.iterrows()}
    return {
        (rows["kind"].iloc[0], frozenset((r.role, placed[r.figure]) for r in rows.itertuples()))
        for _, rows in extract.relations.groupby("relation")
    }


def test_the_example_bulletin_is_proposed_as_it_was_entered():
    entered = load(DATA / "example-bulletin")
    text = (DATA / "example-bulletin" / "article.txt").read_text(encoding="utf-8")
    proposed = read_article(text)
    assert claims_by_place(proposed) == claims_by_place(entered)
    places = ["paragraph", "position", "reported", "value", "measure"]
    entered_rows = entered.figures[places].to_numpy().tolist()
    assert proposed.figures[places].to_numpy().tolist() == entered_rows


def test_the_article_is_proposed_as_it_was_entered(datong, article):
    assert claims_by_place(read_article(article)) == claims_by_place(datong)
