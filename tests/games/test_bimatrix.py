"""Tables of games for slides."""

import re
import subprocess
from html.parser import HTMLParser
from shutil import which

import pytest

from coopgames.games import Game, html_table, latex_table, named_game, public_goods

ODD = Game(
    "50 % of {all} & <b>",
    [[[1, -2.5], [1e-7, 1 / 3]], [[0, 0], [0, 0]]],
    actions=[["a_1", "b#2"], ["x^2~", "$\\y|"]],
    seats=["A & B", '<"C">'],
)


def test_latex_of_the_prisoners_dilemma():
    assert latex_table(named_game("prisoners-dilemma")) == (
        "% The prisoner's dilemma\n"
        "{\\renewcommand{\\arraystretch}{1.3}%\n"
        "\\begin{tabular}{rr|c|c|}\n"
        " & \\multicolumn{1}{c}{} & \\multicolumn{2}{c}{actor 2}\\\\\n"
        " & \\multicolumn{1}{c}{} & \\multicolumn{1}{c}{C} & \\multicolumn{1}{c}{D}\\\\ "
        "\\cline{3-4}\n"
        "actor 1 & C & $3,\\, 3$ & $0,\\, 5$\\\\ \\cline{3-4}\n"
        " & D & $5,\\, 0$ & $1,\\, 1$\\\\ \\cline{3-4}\n"
        "\\end{tabular}}\n"
    )


def test_latex_escapes_what_latex_reads_otherwise():
    text = latex_table(ODD)
    for words in (
        r"a\_1", r"b\#2", r"x\textasciicircum{}2\textasciitilde{}",
        r"\$\textbackslash{}y\textbar{}", r"A \& B",
        r'\textless{}"C"\textgreater{}', r"$1,\, 0$", r"$-2.5,\, 0$",
        r"$1 \cdot 10^{-7},\, 0$", r"$0.3333,\, 0$",
    ):  # fmt: skip
        assert words in text


def test_a_third_actor_has_a_table_for_each_of_its_actions():
    game = public_goods(3, 1.5).as_game()
    text = latex_table(game)
    assert text.count(r"\begin{tabular}") == 2
    assert "actor 3: contribute" in text.split(r"\quad")[0]
    assert "actor 3: keep" in text.split(r"\quad")[1]
    # Where the third keeps: u at (contribute, keep, keep) is 1.5/3 − 1 = −0.5 for the first.
    assert r"contribute & $0,\, 0,\, 1$ & $-0.5,\, 0.5,\, 0.5$" in text.split(r"\quad")[1]
    assert html_table(game).count("<table") == 2


def test_four_actors_and_one():
    assert latex_table(public_goods(4, 2.0).as_game()).count(r"\begin{tabular}") == 4
    alone = Game("alone", [[1, 2]])
    assert r"actor 1 & 0 & $1$" in latex_table(alone)
    assert html_table(alone).count("<td style") == 2


@pytest.mark.skipif(which("pdflatex") is None, reason="there is no LaTeX")
@pytest.mark.parametrize("kind", ["article", "beamer"])
def test_latex_compiles(tmp_path, kind):
    games = [named_game("chicken"), ODD, public_goods(3, 1.5).as_game(), Game("alone", [[1, 2]])]
    body = "\n\n".join(latex_table(game) for game in games)
    frame = ("\\begin{frame}\n", "\\end{frame}\n") if kind == "beamer" else ("", "")
    document = f"\\documentclass{{{kind}}}\n\\begin{{document}}\n{frame[0]}{body}\n{frame[1]}"
    (tmp_path / "x.tex").write_text(document + "\\end{document}\n", encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "x.tex"],
        cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if f"{kind}.cls' not found" in done.stdout or ".sty' not found" in done.stdout:
        pytest.skip(f"this LaTeX has no {kind}")
    assert done.returncode == 0, done.stdout[-2000:]


class Cells(HTMLParser):
    """What a page holds: each element's name, attributes and text."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.open.append((tag, dict(attributes), []))

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)

    def handle_endtag(self, tag):
        name, attributes, data = self.open.pop()
        assert name == tag
        self.found.append((name, attributes, "".join(data)))

    def all(self, tag, **wanted):
        return [
            text for name, attributes, text in self.found
            if name == tag and wanted.items() <= attributes.items()
        ]  # fmt: skip


def test_html_has_headings_that_a_screen_reader_can_follow():
    page = Cells(html_table(named_game("matching-pennies")))
    assert page.all("caption") == [
        "Matching pennies. In each cell the payoffs of actor 1, actor 2."
    ]
    assert page.all("th", scope="colgroup", colspan="2") == ["actor 2"]
    assert page.all("th", scope="col") == ["heads", "tails"]
    assert page.all("th", scope="rowgroup", rowspan="2") == ["actor 1"]
    assert page.all("th", scope="row") == ["heads", "tails"]
    assert [x for x in page.all("td") if x] == ["1, −1", "−1, 1", "−1, 1", "1, −1"]


def test_html_escapes_names_and_asks_for_nothing_from_elsewhere():
    text = html_table(ODD)
    page = Cells(text)
    assert page.all("th", scope="row") == ["a_1", "b#2"]
    assert page.all("th", scope="colgroup") == ['<"C">']
    assert "<b>" not in text
    assert not re.search(r"src=|href=|class=|url\(", text)
