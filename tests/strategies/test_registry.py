from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference_player import PRISONERS

import coopgames.strategies
from coopgames.mistakes import Mistake
from coopgames.play.kernels import compiled_strategy
from coopgames.specs import strategy_from
from coopgames.strategies import Automaton, Compiled, Seen, library, strategy
from coopgames.strategies.registry import (
    FAMILIES,
    UNDER_REGIMES,
    Entry,
    regime_library,
    whole,
)

ROOM = Path(coopgames.strategies.__file__).parent

FIRST_TOURNAMENT = {
    "tideman-chieruzzi",
    "nydegger",
    "grofman",
    "shubik",
    "stein-rapoport",
    "friedman",
    "davis",
    "graaskamp",
    "downing",
    "feld",
    "joss",
    "tullock",
    "name-withheld",
}
"""Its entrants but for tit for tat; Axelrod's random is in its own family too."""


def test_no_family_is_forgotten():
    entering = {
        file.relative_to(ROOM).with_suffix("").parts[0]
        for file in ROOM.rglob("*.py")
        if "\n@entry(" in file.read_text(encoding="utf-8")
    }
    assert entering == {*FAMILIES, UNDER_REGIMES}
    assert set(FAMILIES) == {e.family for e in library().values()}
    assert {e.family for e in regime_library().values()} == {UNDER_REGIMES}


def test_the_first_tournament_is_complete():
    assert {n for n, e in library().items() if e.family == "axelrod_1980"} == FIRST_TOURNAMENT


def test_the_library_is_in_order():
    assert list(library()) == sorted(library())


@pytest.mark.parametrize(
    "entry", [*library().values(), *regime_library().values()], ids=lambda e: e.name
)
def test_every_entry_says_who_it_is(entry):
    assert entry.family in {*FAMILIES, UNDER_REGIMES}
    assert entry.voice.endswith((".", "!", "?"))
    assert "\n" not in entry.voice
    assert len(entry.voice) <= 100
    assert any(year in entry.source for year in ("19", "20")), "a source has a year"
    assert entry.description


@pytest.mark.parametrize("name", library())
def test_a_strategy_is_a_value(name):
    one, two = strategy(name), strategy(name)
    assert one == two
    assert hash(one) == hash(two)
    assert one.name == name
    assert one.form == ("automaton" if isinstance(one.rule, Automaton) else "compiled")


def test_a_label_tells_the_parameters():
    assert strategy("tit-for-tat").label == "tit-for-tat"
    assert strategy("generous-tit-for-tat", q=0.25).label == "generous-tit-for-tat(q=0.25)"
    assert strategy("random").label == strategy("random", p=0.5).label == "random"


def test_a_whole_number_will_do_for_a_real_one():
    one = strategy("random", p=1)
    assert one.label == "random(p=1.0)"
    assert one == strategy("random", p=1.0)
    assert not one.stochastic


# Mistakes


@pytest.mark.parametrize(
    ("name", "near"),
    [("tit-for-tatt", "tit-for-tat"), ("titfortat", "tit-for-tat"), ("dawning", "downing")],
)
def test_an_unknown_name_gets_the_nearest(name, near):
    with pytest.raises(Mistake, match=rf'no strategy "{name}" \(did you mean .*{near}'):
        strategy(name)


def test_a_name_like_no_other_gets_the_command_that_lists_them():
    with pytest.raises(Mistake, match=r'no strategy "zzzzzz" \(coopgames strategies list shows'):
        strategy("zzzzzz")


# Short names


ALIASES = [(alias, e) for e in library().values() for alias in e.aliases]


@pytest.mark.parametrize(("alias", "entry"), ALIASES, ids=[alias for alias, _ in ALIASES])
def test_a_short_name_is_the_strategy(alias, entry):
    made = strategy(alias)
    assert made == entry(**entry.aliases[alias])
    assert made.name == entry.name
    assert strategy_from(made.label) == strategy_from(alias) == made


def test_every_name_means_one_thing():
    names = [*library(), *(alias for alias, _ in ALIASES)]
    assert len(names) == len(set(names))


def test_a_short_name_in_other_letters_is_no_name_but_close():
    with pytest.raises(Mistake, match=r'no strategy "tft" \(did you mean TFT'):
        strategy("tft")


def test_what_a_short_name_stands_for_cannot_be_given_otherwise():
    def make(n: int = 1, q: float = 0.5) -> Automaton:
        """Do something."""
        return Automaton([[q, 1 - q]], [[[0, 0]] * 2])

    moody = Entry("moody", make, "own", "Well.", "", aliases={"MOODY2": {"n": 2}})
    found = replace(moody, fixed=moody.aliases["MOODY2"])
    assert found(q=0.25).label == "moody(n=2, q=0.25)"
    with pytest.raises(Mistake, match=r"that name stands for moody with n = 2; .* call it moody"):
        found(n=3)


def test_an_unknown_parameter_gets_those_that_exist():
    with pytest.raises(Mistake, match=r"has no parameter 'p' \(it takes q\)"):
        strategy("generous-tit-for-tat", p=0.5)
    with pytest.raises(Mistake, match=r"always-defect has no parameter 'q' \(it takes none\)"):
        strategy("always-defect", q=0.5)


@pytest.mark.parametrize("value", ["often", True, None, [0.5]])
def test_a_parameter_has_its_type(value):
    with pytest.raises(Mistake, match=r"random: p = .* is not of type float"):
        strategy("random", p=value)


@pytest.mark.parametrize("p", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_probability_has_its_range(p):
    with pytest.raises(Mistake, match=rf"p = {p:g} is no probability"):
        strategy("random", p=p)


def test_a_number_has_its_least():
    assert whole("patience", 0) == 0
    with pytest.raises(Mistake, match="patience = 0 is too small; it must be at least 1"):
        whole("patience", 0, least=1)


def test_kinds_of_parameter():
    def make(turns: int = 3, mood: str = "calm") -> Automaton:
        """Do something."""
        return Automaton([[1, 0]], [[[0, 0]] * 2])

    entry = Entry("moody", make, "own", "Well.", "")
    assert entry.defaults == {"turns": 3, "mood": "calm"}
    assert entry.description == "Do something."
    assert entry(turns=4).label == "moody(turns=4)"
    assert entry(mood="wild", turns=4).label == "moody(turns=4, mood='wild')"
    for wrong in ({"turns": 0.5}, {"mood": 3}):
        with pytest.raises(Mistake, match="is not of type"):
            entry(**wrong)


# The compiled form

COMPILED = {n: e().rule for n, e in library().items() if isinstance(e().rule, Compiled)}


@np.errstate(over="ignore")  # draws wrap round
@pytest.mark.parametrize("rule", COMPILED.values(), ids=COMPILED)
def test_a_function_plays_the_same_compiled(rule):
    compiled = compiled_strategy(rule.function)
    rng = np.random.default_rng(1980)
    for kindness in (0.1, 0.5, 0.9, 0.97):
        memories = [np.array(rule.memory, dtype=float) for _ in range(2)]
        own = observed = -1
        for period in range(200):
            args = Seen(own, observed, period, 200), PRISONERS, rng.integers(2**64, dtype=np.uint64)
            action = rule.function(memories[0], *args)
            assert action == compiled(memories[1], *args)
            assert np.array_equal(*memories)
            own = int(action) ^ int(rng.random() < 0.02)
            observed = int(rng.random() >= kindness)


@np.errstate(over="ignore")
@pytest.mark.parametrize("rule", COMPILED.values(), ids=COMPILED)
def test_a_function_without_luck_pays_it_no_heed(rule):
    rng = np.random.default_rng(1)
    observed = [-1, *rng.integers(2, size=149)]
    courses = []
    for lot in (0, 2**63, 2**64 - 1):
        memory, course = np.array(rule.memory, dtype=float), [-1]
        for period, other in enumerate(observed):
            seen = Seen(course[-1], int(other), period, -1)
            course.append(int(rule.function(memory, seen, PRISONERS, np.uint64(lot))))
        courses.append(course)
    if not rule.stochastic:
        assert courses[0] == courses[1] == courses[2]
