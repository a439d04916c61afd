import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import coopgames
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon
from coopgames.readings import Rule
from coopgames.specs import load, shipped, strategy_from
from coopgames.specs.load import _path
from coopgames.strategies import library, strategy

HERE = Path(__file__).parent
SMALL = """
name = "small"
title = "Small"
seed = 1
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "always-defect"]
horizon = { periods = 5, known = true }
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def said(*args, **options):
    with pytest.raises(Mistake) as mistake:
        load(*args, **options)
    return str(mistake.value).splitlines()


def names(experiment):
    return [entrant.name for entrant in experiment.entrants]


class TestShipped:
    def test_every_file_loads_under_its_own_name(self):
        assert "axelrod-1980" in shipped()
        for name in shipped():
            experiment = load(name)
            assert experiment.name == name
            assert experiment.story
            assert experiment.predict

    def test_axelrod_1980(self):
        experiment = load("axelrod-1980")
        assert len(experiment.entrants) == 15
        assert (experiment.seed, experiment.repetitions, experiment.self_play) == (1980, 5, True)
        assert experiment.horizon == Horizon(periods=200, known=True)
        assert experiment.game == named_game("prisoners-dilemma")
        ranks = [experiment.quoted.rank(entrant) for entrant in experiment.entrants]
        assert ranks == list(range(1, 16))  # the file lists them in the order of 1980
        assert experiment.quoted.score(experiment.entrants[-1]) == 276.3
        assert "\n" not in experiment.remark

    def test_found_inside_an_installed_package(self, tmp_path, monkeypatch):
        package = tmp_path / "coopgames"
        for folder in (tmp_path, package):
            (folder / "tournaments").mkdir(parents=True)
        (tmp_path / "tournaments" / "somebody-elses.toml").write_text("")
        (package / "tournaments" / "ours.toml").write_text("")
        monkeypatch.setattr(coopgames, "__file__", str(package / "__init__.py"))
        assert shipped() == {"ours": package / "tournaments" / "ours.toml"}

    def test_none_found(self, tmp_path, monkeypatch):
        monkeypatch.setattr(coopgames, "__file__", str(tmp_path / "coopgames" / "__init__.py"))
        assert shipped() == {}


class TestSource:
    def test_a_name_is_found_whatever_lies_in_the_folder(self, tmp_path, monkeypatch):
        (tmp_path / "axelrod-1980").mkdir()
        monkeypatch.chdir(tmp_path)
        assert _path("axelrod-1980") == shipped()["axelrod-1980"]

    def test_a_path_may_be_text_or_path_and_lack_a_suffix(self, small, monkeypatch):
        monkeypatch.chdir(small.parent)
        small.rename("mine")
        assert load("mine") == load(Path("mine")) == load("./mine")

    def test_an_unknown_name_gets_the_nearest(self):
        assert said("axelrod-1981") == [
            'no experiment "axelrod-1981" (did you mean axelrod-1980, axelrod-1980b?)'
        ]

    def test_strategy_files_are_found_from_the_files_folder(self):
        experiment = load(HERE / "experiments/valid/every-key.toml")
        assert "my-tit-for-tat" in names(experiment)


class TestResolution:
    def test_everything_is_read(self):
        experiment = load(HERE / "experiments/valid/every-key.toml")
        assert names(experiment) == [
            "tit-for-tat", "random", "random#2", "random(p=0.25)", "random(p=1.0)",
            "my-tit-for-tat", "inline",
        ]  # fmt: skip
        assert experiment.entrants[3].strategy == strategy("random", p=0.25)
        assert experiment.game.seats == ("North", "South")
        assert experiment.rule == Rule(L=5, q=0.6, w=4, c=1.0, g=0.4, rise=0.3)
        assert (experiment.noise, experiment.self_play) == (0.01, False)
        scores = [experiment.quoted.score(entrant) for entrant in experiment.entrants]
        assert scores == [2.0, None, None, 1.5, None, None, 3.5]
        assert [experiment.quoted.rank(e) for e in experiment.entrants][3] == 3
        assert experiment.quoted.sources == ("Nowhere (1979)",)

    def test_defaults(self):
        experiment = load(HERE / "experiments/valid/smallest.toml")
        assert (experiment.repetitions, experiment.self_play, experiment.noise) == (1, True, 0.0)
        assert experiment.horizon.infinite
        assert experiment.rule == Rule()
        assert experiment.quoted is None

    def test_own_automaton_plays_as_the_librarys(self):
        own = strategy_from(str(HERE / "strategies/valid/my-tit-for-tat.toml"))
        assert own.rule == strategy("tit-for-tat").rule

    @pytest.mark.parametrize("name", list(library()))
    def test_a_label_makes_the_strategy_again(self, name):
        made = strategy(name)
        assert strategy_from(name) == made
        assert strategy_from(made.label) == made

    def test_an_experiment_is_a_value(self, small):
        assert load(small) == load(small)
        assert hash(load(small)) == hash(load(small))
        assert load(small) != replace(load(small), seed=2)


class TestSet:
    @pytest.mark.parametrize(
        ("setting", "changes"),
        [
            ("seed=5", {"seed": 5}),
            ("noise = 0.1", {"noise": 0.1}),
            ("title=Bare words are text", {"title": "Bare words are text"}),
            ('title="Quoted"', {"title": "Quoted"}),
            ("name=mine", {"name": "mine"}),  # the file's own, though game.name ends so too
            ("game=stag-hunt", {"game": named_game("stag-hunt")}),
            ("game=navigation-acts(sigma=2)", {"game": named_game("navigation-acts(sigma=2.0)")}),
            ("periods=9", {"horizon": Horizon(9, known=True)}),
            ("horizon.periods=9", {"horizon": Horizon(9, known=True)}),
            ("continuation=0.9", {"horizon": Horizon(continuation=0.9)}),
            ("infinite=true", {"horizon": Horizon()}),
            ("horizon={periods=3}", {"horizon": Horizon(3)}),
            ("known=false", {"horizon": Horizon(5)}),
            ("q=0.5", {"rule": Rule(q=0.5)}),
            ("reading.L=3", {"rule": Rule(L=3)}),
        ],
    )
    def test_sets(self, small, setting, changes):
        assert load(small, sets=[setting]) == replace(load(small), **changes)

    def test_several_and_the_last_wins(self, small):
        experiment = load(small, sets=["seed=2", "L=3", "q=0.5", "seed=3"])
        assert experiment == replace(load(small), seed=3, rule=Rule(L=3, q=0.5))

    def test_the_strategies(self, small):
        assert names(load(small, sets=['strategies=["grim"]'])) == ["grim"]

    @pytest.mark.parametrize(
        ("setting", "text"),
        [
            ("perods=5", 'no key "perods" (did you mean periods, roles, error?)'),
            (
                "horizon.perods=5",
                'no key "horizon.perods" (did you mean horizon.periods, horizon.known, horizon?)',
            ),
            ("periods", "a setting is KEY=VALUE"),
            ("periods=", "nothing is no TOML value"),
            ("strategies=[1", "[1 is no TOML value"),
            ("periods=0", "horizon.periods: 0 is too small; it must be at least 1"),
            ("seed=1\nname=2", 'seed: "1\\nname=2" is text; a whole number is needed'),
            ("game.payoffs=[]", "game is not written as a table; set game itself"),
            ("noise=a lot", 'noise: "a lot" is text; a number is needed'),
            ("infinite=false", "horizon.infinite: false; true, or else no such line, is needed"),
        ],
    )
    def test_mistakes_name_the_setting(self, small, setting, text):
        assert "\n".join(said(small, sets=[setting])) == f"--set {setting}: {text}"

    def test_two_kinds_of_horizon(self, small):
        told = said(small, sets=["periods=3", "continuation=0.5"])
        assert told == [
            f"{small}, line 7: horizon: has periods and continuation; "
            "give exactly one of periods, continuation and infinite = true"
        ]

    def test_an_ambiguous_last_part(self, monkeypatch):
        from coopgames.specs import settings

        monkeypatch.setattr(settings, "KEYS", ("a.x", "b.x"))
        with pytest.raises(Mistake, match=r'"x" could be a\.x or b\.x; write the whole key'):
            settings.dotted_key("x")


class TestAdd:
    def test_names_labels_and_files(self, small):
        file = str(HERE / "strategies/valid/my-tit-for-tat.toml")
        experiment = load(small, adds=["grim", "random(p=0.3)", file, "tit-for-tat"])
        added = ["grim", "random(p=0.3)", "my-tit-for-tat", "tit-for-tat#2"]
        assert names(experiment) == ["tit-for-tat", "always-defect", *added]

    def test_files_are_found_from_here_not_from_the_experiment(self, small, monkeypatch):
        monkeypatch.chdir(HERE / "strategies/valid")
        assert names(load(small, adds=["one-state.toml"]))[-1] == "Anna's coin"

    def test_somebody_to_meet(self, small):
        sets = ["strategies=[]", "self_play=false"]
        assert names(load(small, sets=sets, adds=["grim", "davis"])) == ["grim", "davis"]
        assert said(small, sets=sets, adds=["grim"]) == [
            "--set self_play=false: self_play: false leaves a single strategy nobody to meet; "
            "add another, or say true"
        ]

    def test_all_mistakes_at_once(self, small):
        small.write_text(SMALL.replace("seed = 1", "seed = -1").replace("known", "knwon"))
        bad = HERE / "strategies/invalid/no-states.toml"
        told = said(
            small, sets=["noise=2", "foo=1"], adds=["gim", "random(p=2)", str(bad), "x.toml"]
        )
        assert [line.split(": ")[0] for line in told] == [
            f"{small}, line 4", f"{small}, line 7", "--set noise=2", "--set foo=1", "--add gim",
            "--add random(p=2)", str(bad), "x.toml",
        ]  # fmt: skip


def test_importing_is_light():
    code = (
        "import sys, coopgames.specs\n"
        "print([m for m in ('scipy', 'numba', 'polars', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
