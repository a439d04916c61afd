"""The catalogue: names, parameters, labels, and what each game encodes as it usually is."""

import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import (
    CountGame,
    Parameter,
    accommodation,
    catalog,
    catalog_entry,
    entry,
    named_game,
    sentence,
    structure,
)
from coopgames.games.registry import FAMILIES, Entry
from coopgames.games.wording import title
from coopgames.mistakes import Mistake

ENTRIES = list(catalog().values())
CLASSICS = [
    "harmony", "concord", "prisoners-dilemma", "stag-hunt", "chicken", "battle-of-the-sexes",
    "pure-coordination", "hi-lo", "turn-taking-deadlock", "deadlock", "suasion",
    "matching-pennies", "independence",
]  # fmt: skip
GROUPS = [
    "public-goods", "public-goods-synergy", "volunteers-dilemma", "threshold-stag-hunt",
    "weakest-link", "best-shot", "minimum-effort", "common-pool", "binary-choices",
]  # fmt: skip
# scenarios.md, the cross-scenario table, and the sections for what is not in it.
SCENARIOS = {
    "liberal-trade": ("mixed-interests", "dilemma"),  # S1
    "mercantilism": ("mixed-interests", "dilemma"),  # S2
    "gatt": ("mixed-interests", "dilemma"),  # S3
    "discriminatory-trade": ("mixed-interests", "dilemma"),
    "balance-of-payments": ("mixed-interests", "dilemma"),  # S4
    "as-is-oil": ("opposed-interests", "multiple"),  # S5, consumers included
    "tug-of-war": ("mixed-interests", "dilemma"),
    "opec-quotas": ("mixed-interests", "dilemma"),
    "oil-sharing": ("mixed-interests", "dilemma"),
    "oil-embargo": ("opposed-interests", "one-sided"),
    "non-proliferation": ("mixed-interests", "assurance"),  # S6
    "suppliers": ("mixed-interests", "dilemma"),
    "nuclear-bargain": ("mixed-interests", "dilemma"),
    "cotton-textiles": ("mixed-interests", "cyclic"),  # S7
    "navigation-acts": ("harmony", None),  # S8
    "invisible-hand": ("harmony", None),  # S9
    "hegemonic-trade": ("mixed-interests", "dilemma"),  # S10
    "alliance": ("opposed-interests", "one-sided"),  # S11
}
VERDICTS = {
    "harmony": ("harmony", "harmony"),
    "mixed-interests": ("discord", "cooperation"),
    "opposed-interests": ("discord", "discord"),
    "independence": ("none", "none"),
}


def test_the_games_are_there_family_by_family():
    assert list(catalog()) == [*CLASSICS, *GROUPS, *SCENARIOS]
    assert [e.family for e in ENTRIES] == (
        ["classic"] * len(CLASSICS) + ["group"] * len(GROUPS) + ["scenario"] * len(SCENARIOS)
    )
    assert set(FAMILIES) == {e.family for e in ENTRIES}


@pytest.mark.parametrize("e", ENTRIES, ids=lambda e: e.name)
class TestEveryEntry:
    def test_says_what_it_is(self, e):
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", e.name)
        assert e.story.endswith(".")
        assert e.story.count(". ") == 0
        assert e.source.endswith(".")
        assert e.description
        assert all(line.endswith(".") for line in (*e.notice, *e.vary))
        assert e.title[0].isupper()
        if e.family == "scenario":
            assert e.notice
            assert e.vary

    def test_explains_all_its_parameters(self, e):
        assert list(e.parameters) == list(inspect.signature(e.make).parameters)
        assert all(p.meaning for p in e.parameters.values())

    def test_makes_a_game_of_its_name(self, e):
        game = named_game(e.name)
        assert game.name == e.name
        assert game.story == e.story
        assert game == named_game(e.name)
        assert not e.parameters or game.payoffs.shape[0] <= 4

    def test_encodes_what_it_says(self, e):
        found = structure(named_game(e.name))
        assert (found.category, found.subtype) == e.encodes
        assert (found.without_adjustment, found.with_adjustment) == VERDICTS[e.encodes[0]]
        if e.family == "scenario":
            assert e.encodes == SCENARIOS[e.name]
        assert sentence(found).startswith(e.title)

    def test_its_first_action_accommodates_where_one_does(self, e):
        game = named_game(e.name)
        without = {
            "battle-of-the-sexes", "pure-coordination", "hi-lo", "matching-pennies", "independence",
        }  # fmt: skip
        expected = None if e.name in without else tuple(tuple(range(k)) for k in game.shape)
        assert accommodation(game) == expected


def test_the_prisoners_dilemma_is_axelrods():
    # Axelrod, The Evolution of Cooperation (1984), figure 1: T 5, R 3, P 1, S 0.
    game = named_game("prisoners-dilemma")
    assert game.payoffs.tolist() == [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]
    assert game.actions == (("C", "D"), ("C", "D"))


def test_the_catalog_cannot_be_changed():
    with pytest.raises(TypeError):
        catalog()["new"] = ENTRIES[0]


class TestLabels:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("stag-hunt", "stag-hunt"),
            ("stag-hunt()", "stag-hunt"),
            ("liberal-trade(gamma=1.5, theta=0.2)", "liberal-trade(theta=0.2, gamma=1.5)"),
            ("liberal-trade(theta=1)", "liberal-trade"),
            ("public-goods(r=2, n=5)", "public-goods(n=5)"),
        ],
    )
    def test_a_label_holds_what_is_not_as_usual(self, text, name):
        assert named_game(text).name == name
        assert named_game(text) == named_game(name)

    @pytest.mark.parametrize("e", ENTRIES, ids=lambda e: e.name)
    def test_usual_values_change_nothing(self, e):
        given = ", ".join(f"{k}={v!r}" for k, v in e.defaults.items())
        assert named_game(f"{e.name}({given})") == named_game(e.name)

    def test_a_game_by_counts_is_written_out(self):
        made = catalog()["public-goods"](n=3)
        assert isinstance(made, CountGame)
        assert named_game("public-goods(n=3)") == made.as_game()
        assert made.name == "public-goods(n=3)"

    def test_the_entry_and_what_was_given(self):
        found, given = catalog_entry("gatt(n=4)")
        assert (found, given) == (catalog()["gatt"], {"n": 4})

    def test_a_label_is_the_subject_of_a_sentence(self):
        assert title(named_game("navigation-acts(sigma=3.0)")) == (
            "The Navigation Acts as a game (sigma=3.0)"
        )
        assert title(named_game("prisoners-dilemma")) == "The prisoner's dilemma"


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("prisoner-dilemma", 'no game "prisoner-dilemma" (did you mean prisoners-dilemma,'),
            ("trade(x=1)", 'no game "trade"'),
            ("stag-hunt(R=5)", "stag-hunt has no parameter 'R' (it takes none)"),
            ("gatt(m=4)", "gatt has no parameter 'm' (it takes n, D, levels)"),
            ("gatt(n=2.5)", "gatt: n = 2.5 is not of type int"),
            ("gatt(n=true)", "gatt: n = True is not of type int"),
            ("gatt(n=2)", "gatt: n = 2; it is at least 3"),
            ("mercantilism(r=1.5)", "mercantilism: r = 1.5; it is 0 to 1"),
            ("mercantilism(D=0)", "mercantilism: D = 0; it is above 0"),
            ("public-goods(r=nan)", "public-goods: r = nan is not a finite number"),
            ("public-goods(r=inf)", "public-goods: r = inf is not a finite number"),
            ("public-goods(r='2')", "public-goods: r = '2' is not of type float"),
            ("public-goods(r=2", '"public-goods(r=2" is no game with parameters; write it as in '),
            ("public-goods(2)", '"public-goods(2)" is no game with parameters'),
            ("public-goods(n=20)", "20 actors with 2 actions have 20 × 2^20 payoffs"),
            ("gatt(n=9)", "gatt(n=9): 9 actors with"),
            ("volunteers-dilemma(c=2.0)", "c = 2 is not less than b = 2"),
            ("threshold-stag-hunt(m=5)", "m = 5 is more than the n = 4 actors"),
            ("balance-of-payments(b=1.5)", "b = 1.5; it lies between"),
        ],
    )
    def test_each_names_its_place(self, text, said):
        with pytest.raises(Mistake, match=re.escape(said)):
            named_game(text)

    def test_all_at_once(self):
        with pytest.raises(Mistake) as caught:
            named_game("mercantilism(r=2, q=1, levels='many')")
        assert str(caught.value).splitlines() == [
            "mercantilism: r = 2; it is 0 to 1",
            "mercantilism has no parameter 'q' (it takes r, D, levels)",
            "mercantilism: levels = 'many' is not of type int",
        ]

    @given(st.integers(10**300, 10**400))
    def test_a_number_can_be_too_large(self, r):
        with pytest.raises(Mistake, match=r"too large a number|not a finite number"):
            catalog()["public-goods"](r=r * 10**10)


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (Parameter("", 0, 1), "0 to 1"),
        (Parameter("", 2), "at least 2"),
        (Parameter("", 0, above=True), "above 0"),
        (Parameter("", 0, 1, above=True), "above 0, at most 1"),
        (Parameter(""), "any number"),
        (Parameter("", high=3), "at most 3"),
    ],
)
def test_a_range_in_words(parameter, said):
    assert parameter.range == said


def test_an_entry_of_ones_own():
    def make(n: int = 2) -> CountGame:
        """Make it."""
        return catalog()["public-goods"](n=n)

    made = entry(
        "my-goods", story="Mine.", source="Me.", encodes=("mixed-interests", "dilemma"),
        parameters={"n": Parameter("how many", 2)},
    )  # fmt: skip
    assert made(make) is make
    mine = Entry("my-goods", make, "own", "My goods", "Mine.", "Me.", ("harmony", None),
                 {"n": Parameter("how many", 2)})  # fmt: skip
    assert mine(n=5).name == "my-goods(n=5)"
    assert mine.description == "Make it."
    assert "my-goods" not in catalog()
