"""report.html: true to the tables, whole by itself, the same every time."""

import re
import tomllib
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from coopgames.mistakes import Mistake
from coopgames.reports import experiment_of, open_results, report, verdict, write_report
from coopgames.reports.markup import text
from coopgames.reports.numbers import duels
from coopgames.specs import as_spec, load, toml_text

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """What a page holds: elements with their attributes, text by element, tables."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.words, self.tables = [], [], [], []
        self.styles = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        if "style" in self.open:
            self.styles += data
        elif "script" not in self.open:
            self.words.append(data)
            if self.open[-1:] and {"td", "th"} & set(self.open):
                self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def page(small):
    return Page(report(small))


def test_every_element_is_closed(page):
    assert page.open == []


def test_the_standings_in_the_page_are_those_of_the_results(small, page):
    rows = page.tables[0][1:]
    table = small.standings.sort("rank")
    assert [row[1] for row in rows] == table["strategy"].to_list()
    assert [row[3] for row in rows] == [f"{x:.1f}" for x in table["score"]]
    assert [row[4] for row in rows] == [f"{x:.1f}" for x in table["standard_error"]]
    head = page.tables[0][0]
    for label in ("cooperation", "discord"):
        shown = [row[head.index(label)] for row in rows]
        assert shown == [f"{100 * x:.0f}\u00a0%" for x in table[label]]


def test_the_numbers_of_the_heat_map_average_to_the_scores(small):
    found = duels(small)
    scores = small.standings.sort("rank")["score"].to_numpy()
    assert np.allclose(found.scores.mean(axis=1), scores, rtol=0, atol=1e-9)


def test_a_game_that_is_not_symmetric_is_averaged_over_both_seats(made):
    results = made(
        'name = "seats"\ntitle = "Seats"\nseed = 1\nstrategies = ["tit-for-tat", "random"]\n'
        'self_play = false\n[horizon]\nperiods = 20\n[game]\nname = "uneven"\n'
        "payoffs = [[[6, 0], [10, 2]], [[3, 5], [0, 1]]]\n"
        'actions = [["C", "D"], ["C", "D"]]\n'
    )
    found = duels(results)
    assert np.isnan(found.scores[[0, 1], [0, 1]]).all()
    scores = results.standings.sort("rank")["score"].to_numpy()
    assert np.allclose(np.nanmean(found.scores, axis=1), scores)
    assert "not meet" not in report(results)


def test_the_verdict_stands_in_the_page_once_and_big(small, page):
    sentence = verdict(experiment_of(small), small.matches)
    assert f'<p class="big">{text(sentence)}</p>' in report(small)
    assert page.words.count(sentence) == 1


def test_what_is_needed_to_reproduce_it_is_there(small, page):
    whole = "".join(page.words)
    assert "coopgames run small.toml" in whole
    for digest in [small.manifest["game"], *small.manifest["tables"].values()]:
        assert digest in whole
    for version in small.manifest["versions"].values():
        assert version in whole


def test_the_specification_in_the_page_is_the_experiment(small, page, tmp_path):
    start = next(i for i, words in enumerate(page.words) if words.startswith('name = "small"'))
    (tmp_path / "small.toml").write_text(page.words[start], encoding="utf-8")
    assert as_spec(load(tmp_path / "small.toml")) == small.manifest["experiment"]


def test_toml_keeps_odd_text():
    spec = {
        "title": 'quo"te \\ back\x7f',
        "story": 'two\n"""lines\\\n',
        "odd keys": {'a "b"\n': 1.5, "none": None},
        "list": [[1e300, -0.0], [True, {"x": "y"}]],
    }
    back = tomllib.loads(toml_text(spec))
    del spec["odd keys"]["none"]
    assert back == spec


def test_no_request_leaves_the_page(small, large):
    for results in (small, large):
        html = report(results)
        page = Page(html)
        for tag, attrs in page.elements:
            assert tag not in {"link", "iframe", "object", "embed", "base", "video", "audio"}
            for name, value in attrs.items():
                if name in {"src", "href", "xlink:href", "srcset", "action", "data", "poster"}:
                    assert value.startswith(("#", "data:image/png;base64,")), (tag, name)
                assert not re.search(r"url\((?!#)", value or ""), (tag, name)
        assert "url(" not in page.styles
        assert "@import" not in page.styles
        assert "fetch(" not in html
        assert "XMLHttpRequest" not in html
        policy = next(a["content"] for t, a in page.elements if "http-equiv" in a)
        assert policy.startswith("default-src 'none'")


def test_ids_are_unique_and_references_lead_somewhere(small, large):
    for results in (small, large):
        html = report(results)
        ids = [a["id"] for _, a in Page(html).elements if "id" in a]
        assert len(ids) == len(set(ids))
        wanted = re.findall(r'(?:url\(#|href="#|aria-labelledby=")([^")]+)', html)
        assert set(wanted) <= set(ids)


def test_headings_come_in_order_and_landmarks_are_there(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    tags = [tag for tag, _ in page.elements]
    assert {"header", "main", "footer"} <= set(tags)
    assert ("html", {"lang": "en"}) in page.elements


def test_every_drawing_is_told_in_words_and_in_numbers(page):
    drawings = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert len(drawings) == 10
    assert all(a["role"] == "img" and len(a["aria-label"]) > 30 for a in drawings)
    assert len(page.tables) >= 5
    assert [t for t, _ in page.elements].count("caption") == len(page.tables)


def test_hostile_text_stays_text(made):
    bad, name = "<script>alert(1)</script>", "<img src=x onerror=alert`1`>"
    results = made(
        f'''name = "hostile"
title = "{bad} & $x^2$"
story = "</style>{bad}"
predict = "--><img src=x onerror=alert(1)>"
remark = "{bad}"
seed = 3
game = "prisoners-dilemma"
strategies = [
    {{ name = "{name}", initial = "a", state = [
        {{ name = "a", accommodate = 1, next = {{ CC = "a", CD = "a", DC = "a", DD = "a" }} }},
    ] }},
    "tit-for-tat",
]
[horizon]
periods = 60
[quoted]
label = "]]><b>"
note = "{bad}"
scores = {{ "tit-for-tat" = 1.0 }}
sources = ["{bad}"]
'''
    )
    html = report(results)
    page = Page(html)
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert not {"img", "b"} & {tag for tag, _ in page.elements}
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    assert bad in "".join(page.words)
    assert name in page.tables[0][1] + page.tables[0][2]


def test_the_same_results_give_the_same_bytes(small, tmp_path):
    one, two = write_report(small, tmp_path / "a.html"), write_report(small, tmp_path / "b.html")
    assert one.read_bytes() == two.read_bytes()
    assert write_report(small) == small.folder / "report.html"
    assert (small.folder / "report.html").read_bytes() == one.read_bytes()


def test_a_hundred_strategies_stay_under_two_megabytes(large, tmp_path):
    path = write_report(large, tmp_path / "large.html")
    assert path.stat().st_size < 2_000_000
    html = path.read_text(encoding="utf-8")
    for name in large.standings["strategy"]:
        assert text(name) in html
    assert "data:image/png" in html  # the heat map is an image, not ten thousand shapes


@pytest.mark.parametrize(
    "settings",
    [
        'game = "prisoners-dilemma"\nstrategies = ["tit-for-tat"]\n[horizon]\nperiods = 1\n',
        'game = "prisoners-dilemma"\nstrategies = ["random"]\nnoise = 0.1\n'
        "[horizon]\nperiods = 50\n",
        'game = "harmony"\nstrategies = ["tit-for-tat", "random"]\n[horizon]\nperiods = 50\n',
        'game = "deadlock"\nstrategies = ["tit-for-tat", "random"]\n[horizon]\nperiods = 50\n',
        'game = "stag-hunt"\nstrategies = ["tit-for-tat", "joss"]\n'
        "repetitions = 4\n[horizon]\ncontinuation = 0.95\n",
        'game = "prisoners-dilemma"\nstrategies = ["random", "joss"]\nself_play = false\n'
        "[horizon]\nperiods = 201\n",
    ],
    ids=["one-period", "alone", "harmony", "deadlock", "continuation", "no-self-play"],
)
def test_every_kind_of_experiment_has_a_report(made, settings):
    results = made(f'name = "kind"\ntitle = "Kind"\nseed = 2\n{settings}')
    html = report(results)
    Page(html)
    assert verdict(experiment_of(results), results.matches)
    assert ">nan" not in html
    assert "None" not in html


def test_a_folder_that_holds_no_results(tmp_path, made):
    with pytest.raises(Mistake, match="no such folder"):
        open_results(tmp_path / "nowhere")
    with pytest.raises(Mistake, match="no folder of results"):
        open_results(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(Mistake, match="no manifest of coopgames"):
        open_results(tmp_path)
    (tmp_path / "manifest.json").write_text('{"experiment": {}}')
    with pytest.raises(Mistake, match="not run to its end"):
        open_results(tmp_path)


def test_tables_that_were_changed_are_not_reported(made):
    results = made(
        'name = "changed"\ntitle = "Changed"\nseed = 2\ngame = "prisoners-dilemma"\n'
        'strategies = ["tit-for-tat"]\n[horizon]\nperiods = 5\n'
    )
    table = results.folder / "standings.csv"
    pl.read_csv(table).with_columns(score=pl.lit(99.0)).write_csv(table)
    with pytest.raises(Mistake, match="changed or damaged"):
        open_results(results.folder)
    table.unlink()
    with pytest.raises(Mistake, match=r"standings\.csv: cannot be read"):
        open_results(results.folder)


def test_a_report_that_cannot_be_written(small, tmp_path):
    with pytest.raises(Mistake, match="cannot be written"):
        write_report(small, tmp_path / "nowhere" / "report.html")
