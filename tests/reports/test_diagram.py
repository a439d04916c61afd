"""Automata as pictures."""

import re
from xml.etree import ElementTree as ET

import pytest

from coopgames.mistakes import Mistake
from coopgames.reports import state_diagram
from coopgames.reports.diagram import MOST
from coopgames.strategies import Automaton, library

SVG = "{http://www.w3.org/2000/svg}"
AUTOMATA = [
    name
    for name, entry in library().items()
    if isinstance(rule := entry().rule, Automaton) and len(rule.states) <= MOST
]


def ring(n, p=1.0):
    """Walk through n states whatever happens."""
    return Automaton([[p, 1 - p]] * n, [[[(s + 1) % n] * 2] * 2 for s in range(n)])


def drawn(name, **parameters):
    return state_diagram(library()[name](**parameters).rule, name)


def texts(svg):
    return [x.text for x in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", AUTOMATA)
def test_every_automaton_is_well_formed_and_says_what_it_shows(name):
    root = ET.fromstring(drawn(name))
    assert (root[0].tag, root[0].text) == (f"{SVG}title", name)
    assert root[1].tag == f"{SVG}desc"
    rule = library()[name]().rule
    assert f"it starts in “{rule.states[rule.initial]}”" in root[1].text
    assert root.get("role") == "img"


def test_the_same_automaton_gives_the_same_bytes():
    assert drawn("contrite-tit-for-tat") == drawn("contrite-tit-for-tat")


def test_who_accommodates_is_a_circle_and_who_withholds_a_square():
    shapes = [g[1] for g in ET.fromstring(drawn("tit-for-tat")).iter(f"{SVG}g")]
    assert [x.tag for x in shapes] == [f"{SVG}circle", f"{SVG}rect"]
    assert [x.get("stroke") for x in shapes] == ["#0072B2", "#D55E00"]
    assert {"accommodates", "withholds"} <= set(texts(drawn("tit-for-tat")))


def test_a_lottery_shows_its_probability():
    assert "25 %" in texts(drawn("generous-tit-for-tat", q=0.25))
    assert "99.9 %" in texts(drawn("random", p=0.999))


def test_outcomes_that_lead_to_the_same_state_share_an_arrow():
    labels = texts(drawn("tit-for-tat"))
    assert labels.count("other C") == labels.count("other D") == 2
    assert "CC" not in labels
    assert "always" in texts(drawn("alternator"))
    assert "CC, DD" in texts(drawn("contrite-tit-for-tat"))


def test_what_follows_a_slip_only_is_dashed():
    dashed = 'stroke-dasharray="6 5"'
    assert dashed not in drawn("tit-for-tat")
    # content to contrite, and contrite to itself
    assert drawn("contrite-tit-for-tat").count(dashed) == 2
    assert "Dashed: only if its own hand slips." in texts(drawn("contrite-tit-for-tat"))


def test_the_start_is_marked_and_stands_first():
    svg = drawn("suspicious-tit-for-tat")
    assert "start" in texts(svg)
    names = [g[0].text for g in ET.fromstring(svg).iter(f"{SVG}g")]
    assert names == ["was unkind", "was kind"]


def test_states_that_cannot_be_reached_are_left_out():
    rule = Automaton([[1, 0], [0, 1]], [[[0, 0]] * 2, [[0, 0]] * 2], states=("here", "nowhere"))
    assert "nowhere" not in drawn_text(rule)


def drawn_text(rule):
    return " ".join(texts(state_diagram(rule, "x")))


def test_up_to_24_states_are_drawn_and_no_more():
    ET.fromstring(state_diagram(ring(24), "x"))
    with pytest.raises(Mistake, match=r"25 states are too many.*--json"):
        state_diagram(ring(25), "x")


def test_only_two_actions_are_drawn():
    with pytest.raises(Mistake, match="two actions"):
        state_diagram(Automaton([[1, 0, 0]], [[[0] * 3] * 3]), "x")


def test_names_cannot_break_the_drawing():
    names = ('<b>&"', "a very long name that goes on and on", "bell\x07")
    rule = Automaton([[1, 0]] * 3, [[[(s + 1) % 3] * 2] * 2 for s in range(3)], states=names)
    svg = state_diagram(rule, "<script>")
    assert ET.fromstring(svg)[0].text == "<script>"
    assert names[0] in texts(svg)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8, 12, 24])
def test_everything_lies_within_the_picture(n):
    svg = state_diagram(ring(n, p=0.5), "x")
    x, y, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        assert x < float(text.get("x")) < x + width
        assert y < float(text.get("y")) < y + height


@pytest.mark.parametrize("name", [x for x in AUTOMATA if x not in ("nydegger", "davis")])
def test_labels_do_not_hide_states(name):
    root = ET.fromstring(drawn(name))
    circles = [
        (float(c.get("cx")), float(c.get("cy")), float(c.get("r")))
        for c in root.iter(f"{SVG}circle")
    ]
    for label in root.findall(f"{SVG}text"):
        x, y = float(label.get("x")), float(label.get("y"))
        assert all((x - a) ** 2 + (y - b) ** 2 > r**2 for a, b, r in circles)
