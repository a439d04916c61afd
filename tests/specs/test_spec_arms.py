"""Arms: what changes, what stays, and where a mistake is shown."""

from dataclasses import replace

import pytest

from coopgames.games import named_game, relative_gains
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Perception
from coopgames.readings import Rule
from coopgames.specs import as_spec, load, loads_canonical, toml_text

BASE = """
name = "small"
title = "Small"
seed = 1
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "always-defect"]
horizon = { periods = 50, known = true }
"""


@pytest.fixture
def read(tmp_path):
    def read(arms, **options):
        path = tmp_path / "small.toml"
        path.write_text(BASE + arms)
        return load(path, **options)

    return read


def arm(experiment, name):
    return {arm.name: arm.experiment for arm in experiment.arms}[name]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("horizon.known = false", {"horizon": Horizon(50)}),
        ("horizon.periods = 9", {"horizon": Horizon(9, known=True)}),
        ("horizon.continuation = 0.9", {"horizon": Horizon(continuation=0.9)}),
        ("noise = 0.1", {"noise": 0.1}),
        ("self_play = false", {"self_play": False}),
        ("perception.error = 0.1", {"perception": Perception(0.1)}),
        ("reading.L = 5", {"rule": Rule(L=5)}),
        ('game = "stag-hunt"', {"game": named_game("stag-hunt")}),
        (
            "game.relative_gains = 0.5",
            {"game": relative_gains(named_game("prisoners-dilemma"), 0.5)},
        ),
    ],
)
def test_one_thing_is_changed(read, change, expected):
    whole = read(f"[arms.other]\n{change}\n")
    base = replace(whole, arms=())
    assert [a.name for a in whole.arms] == ["base", "other"]
    assert arm(whole, "base") == base
    assert arm(whole, "other") == replace(base, **expected)


def test_an_empty_arm_names_the_experiment_and_comes_first(read):
    whole = read("[arms.noisy]\nnoise = 0.1\n[arms.calm]\n")
    assert [a.name for a in whole.arms] == ["calm", "noisy"]


def test_without_a_change_there_are_no_arms(read):
    assert read("[arms.calm]\n").arms == read("[arms]\n").arms == read("").arms == ()


def test_what_is_set_is_set_for_all_but_where_an_arm_says_otherwise(read):
    whole = read("[arms.short]\nhorizon.periods = 9\n", sets=["periods=60", "noise=0.1"])
    assert [a.experiment.horizon.periods for a in whole.arms] == [60, 9]
    assert [a.experiment.noise for a in whole.arms] == [0.1, 0.1]


@pytest.mark.parametrize(
    ("setting", "periods"), [("periods=7", 7), ("horizon.periods=8", 8), ("continuation=0.5", None)]
)
def test_an_arm_can_be_set(read, setting, periods):
    whole = read("[arms.short]\nhorizon.periods = 9\n", sets=[f"arms.short.{setting}"])
    assert [a.experiment.horizon.periods for a in whole.arms] == [50, periods]


def test_an_arm_can_be_added_and_all_taken_away(read):
    assert arm(read("", sets=["arms.noisy.noise=0.1"]), "noisy").noise == 0.1
    assert read("[arms.noisy]\nnoise = 0.1\n", sets=["arms={}"]).arms == ()


def test_who_is_added_plays_in_all(read):
    whole = read('[arms.others]\nstrategies = ["random"]\n', adds=["grim"])
    names = [[e.name for e in a.experiment.entrants] for a in whole.arms]
    assert names == [["tit-for-tat", "always-defect", "grim"], ["random", "grim"]]


@pytest.mark.parametrize(
    ("arms", "said"),
    [
        ("[arms.a]\nnoise = 0.0\n", "line 8: arms.a: comes to the same as the experiment as it"),
        ("[arms.a]\nnoise = 0.1\n[arms.b]\nnoise = 0.1\n", "arms.b: comes to the same as a"),
        ("[arms.a]\n[arms.b]\n[arms.c]\nnoise = 0.1\n", "arms.b: changes nothing, like a; one"),
        ("[arms.base]\nnoise = 0.1\n", "arms.base: is what the experiment as it stands is called"),
        ("[arms.a]\nrepetitions = 2\n", "line 9: arms.a.repetitions: is the same in all arms"),
        ("[arms]\na = 1\n", "arms.a: 1 is a number; a table is needed"),
        ("[arms.a]\nnoise = 2\n", "line 9: arms.a.noise: 2 is too large; it must be at most 1"),
    ],
)  # fmt: skip
def test_mistakes_in_arms(read, arms, said):
    with pytest.raises(Mistake) as mistake:
        read(arms)
    assert said in str(mistake.value)
    assert len(str(mistake.value).splitlines()) == 1


def test_a_mistake_of_the_experiments_own_is_told_once(read):
    with pytest.raises(Mistake) as mistake:
        read("[arms.a]\nnoise = 0.1\n[arms.b]\nself_play = false\n", sets=["seed=-1"])
    assert str(mistake.value) == "--set seed=-1: seed: -1 is too small; it must be at least 0"


def test_a_setting_of_an_arm_that_is_wrong_is_shown_as_it_was_set(read):
    with pytest.raises(Mistake, match=r"^--set arms\.a\.noise=2: arms\.a\.noise: 2 is too large"):
        read("", sets=["arms.a.noise=2"])


def test_arms_survive_their_canonical_form_and_toml(read, tmp_path):
    whole = read('[arms.calm]\n[arms.stag]\ngame = "stag-hunt"\nhorizon.continuation = 0.5\n')
    spec = as_spec(whole)
    assert loads_canonical(spec) == whole
    (tmp_path / "again.toml").write_text(toml_text(spec))
    assert load(tmp_path / "again.toml") == whole


class TestLengths:
    def test_several_lengths(self, read):
        whole = read("", sets=["periods=[63, 77, 63]"])
        assert whole.lengths == (63, 77, 63)
        assert whole.horizon == Horizon(77, known=True)
        assert whole.horizons == tuple(Horizon(n, known=True) for n in (63, 77, 63))
        assert loads_canonical(as_spec(whole)) == whole
        assert read("").horizons == (Horizon(50, known=True),)

    @pytest.mark.parametrize(
        ("setting", "said"),
        [
            ("periods=[]", "horizon.periods: is empty; at least one is needed"),
            ("periods=[5, 0]", "horizon.periods: 0 is too small; it must be at least 1"),
            ("periods=[5, 1.5]", "horizon.periods: 1.5 is a number; a whole number is needed"),
            ("periods=x", 'horizon.periods: "x" is text; a whole number is needed'),
        ],
    )
    def test_mistakes(self, read, setting, said):
        with pytest.raises(Mistake) as mistake:
            read("", sets=[setting])
        assert str(mistake.value) == f"--set {setting}: {said}"
