"""What would have won: what is promised is what the tournament gives."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coopgames.experiments import Winner, run, winner
from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, Perception, expect
from coopgames.specs import Experiment, entrants
from coopgames.strategies import (
    Automaton,
    Compiled,
    Python,
    Strategy,
    draw,
    memory_one,
    memory_one_rules,
    small_automata,
    strategy,
)

PD = named_game("prisoners-dilemma")
SURE = ("tit-for-tat", "grim", "always-defect", "win-stay-lose-shift", "alternator")


def contest(*names: str, **changes: Any) -> Experiment:
    field = entrants(strategy(name) for name in names)
    return replace(Experiment("small", "Small", 3, PD, field, Horizon(30)), **changes)


def played(experiment: Experiment, rule: Strategy, folder: Any) -> dict[str, tuple[float, float]]:
    """Run the tournament with the rule in it: scores and their standard errors, by name."""
    everyone = entrants([*(x.strategy for x in experiment.entrants), rule])
    table = run(replace(experiment, entrants=everyone), folder=folder, workers=1).standings
    errors = table["standard_error"].fill_null(0.0)
    return dict(zip(table["strategy"], zip(table["score"], errors, strict=True), strict=True))


def test_what_is_promised_is_what_the_tournament_gives(tmp_path: Any) -> None:
    asymmetric = Game("two", [[[3, 0], [5, 1]], [[2, 4], [-1, 0]]], roles=[(0, 1), (0, 1)])
    for n, experiment in enumerate(
        [
            contest(*SURE),
            contest(*SURE, self_play=False),
            contest(*SURE, game=asymmetric),
            contest("davis", "shubik", "gradual", horizon=Horizon(30, known=True)),
        ]
    ):
        for among in ("all", "automata", "memory-one"):
            if n == 3 and among == "all":
                continue
            found = winner(experiment, among=among, states=2 if among == "automata" else None)
            scores = played(experiment, found.strategy, tmp_path / f"{n}{among}")
            assert found.exact
            assert {p.name: p.score for p in found.standings} == pytest.approx(
                {name: score for name, (score, _) in scores.items()}, abs=1e-9
            )
            better = [name for name, (x, _) in scores.items() if x > found.place.score + 1e-9]
            assert found.rank == 1 + len(better)
            assert all(p.standard_error == 0 for p in found.standings)


@pytest.mark.parametrize("among", ["automata", "memory-one"])
def test_no_rule_of_the_set_scores_more(tmp_path: Any, among: Any) -> None:
    experiment = contest(*SURE)
    states = 2 if among == "automata" else None
    found = winner(experiment, among=among, states=states)
    rules = list(small_automata(2) if among == "automata" else memory_one_rules())
    scores = [
        played(experiment, Strategy("one", rule), tmp_path / str(i))["one"][0]
        for i, rule in enumerate(rules)
    ]
    assert found.tried == len(rules)
    assert found.place.score == pytest.approx(max(scores), abs=1e-9)
    assert found.strategy.rule == rules[int(np.argmax(np.array(scores) > max(scores) - 1e-9))]


def test_nothing_whatever_exceeds_the_ceiling() -> None:
    experiment = contest(*SURE, self_play=False)
    solved = winner(experiment)
    assert solved.among == "all"
    assert solved.ceiling == pytest.approx(solved.place.score, abs=1e-9)
    small = winner(experiment, among="automata", states=3)
    assert small.place.score < solved.place.score  # it withholds in the last period
    # With self-play the score has that in it, and the ceiling has not.
    with_itself = winner(contest(*SURE))
    assert with_itself.ceiling == solved.ceiling
    assert with_itself.place.score != pytest.approx(solved.place.score)


def within(found: Winner, scores: dict[str, tuple[float, float]]) -> None:
    """Check all promises, each to 6 standard errors: together false once in 10⁷ at most."""
    for place in found.standings:
        score, error = scores[place.name]
        assert abs(place.score - score) <= 6 * np.hypot(place.standard_error, error) + 1e-9


def test_what_is_sampled_is_not_praised_for_its_luck(tmp_path: Any) -> None:
    # Errors of 400 and 1000 games; means of so many are as good as normal.
    experiment = contest("feld", "joss", "shubik", "tullock", repetitions=400)
    found = winner(experiment, among="memory-one")
    assert not found.exact
    assert found.place.standard_error > 0
    within(found, played(experiment, found.strategy, tmp_path))


def _coin(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 0 if draw(chance, 0) < 0.5 else 1


def test_the_errors_are_those_of_so_many_games() -> None:
    # Whoever withholds from a coin gets 5 or 1, with a variance of 4 a period: of the mean of 1,000
    # games of 30 periods 0.12. Its estimate has a standard deviation of 4.5 %; 30 % is beyond 6.
    coin = Strategy("coin", Compiled(_coin, stochastic=True))
    one = replace(contest("grim", self_play=False), entrants=entrants([coin]))
    found = winner(one, among="memory-one")
    assert found.strategy.rule.mix[[0, 3, 4], 0].tolist() == [0, 0, 0]  # first, after DC and DD
    assert found.place.standard_error**2 == pytest.approx(0.12, rel=0.3)
    # The coin gets 0 or 1, a variance of 1/4 a period.
    assert found.rival.standard_error**2 == pytest.approx(0.12 / 16, rel=0.3)
    two = replace(one, entrants=entrants([coin, Strategy("other", coin.rule)]))
    assert winner(two, among="memory-one").place.standard_error ** 2 == pytest.approx(0.06, rel=0.3)
    # Seats that get 5 or 1, and 9 or 1, from the same tosses: half of each, a deviation of 3.
    uneven = Game("uneven", [[[3, 0], [5, 1]], [[3, 9], [0, 1]]], roles=[(0, 1), (0, 1)])
    found = winner(replace(one, game=uneven), among="memory-one")
    assert found.place.standard_error**2 == pytest.approx(9 * 30 / 1000, rel=0.3)


def test_lots_and_slips_are_solved(tmp_path: Any) -> None:
    experiment = contest("tit-for-tat", "generous-tit-for-tat", noise=0.05, repetitions=400)
    found = winner(experiment, among="automata")
    assert (found.exact, found.states, found.tried) == (True, 2, 482)
    within(found, played(experiment, found.strategy, tmp_path / "small"))
    best = winner(replace(experiment, horizon=Horizon(8)))
    assert best.among == "all"
    within(best, played(replace(experiment, horizon=Horizon(8)), best.strategy, tmp_path / "all"))


def test_misperception_and_play_without_end() -> None:
    blurred = winner(contest("tit-for-tat", "grim", perception=Perception(0.1)))
    assert (blurred.among, blurred.states) == ("automata", 2)
    endless = winner(
        contest("tit-for-tat", "always-accommodate", horizon=Horizon()), among="automata"
    )
    # To find out costs nothing in the end: 3 from the one, 5 from the other, and 3 from itself.
    assert endless.place.score == pytest.approx(11 / 3)
    with pytest.raises(Mistake, match="feld is no automaton, and play without end"):
        winner(contest("feld", horizon=Horizon()))


def _echo(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1 if seen.observed == 1 else 0


def test_compiled_code_that_is_proved_to_be_an_automaton_is_solved() -> None:
    code = replace(contest("grim"), entrants=entrants([Strategy("grim", Compiled(_echo))]))
    same = replace(contest("grim"), entrants=entrants([strategy("tit-for-tat")]))
    assert winner(code).ceiling == winner(same).ceiling


def test_python_code_is_played(tmp_path: Any) -> None:
    mine = Strategy("mine", Python(lambda theirs: 1 if theirs[-1:] == [1] else 0))
    experiment = replace(contest(*SURE), entrants=entrants([mine, strategy("grim")]))
    found = winner(experiment, among="automata", states=1)
    scores = played(experiment, found.strategy, tmp_path)
    assert found.place.score == pytest.approx(scores["best-reply"][0])


def test_breeding_finds_no_less_than_there_is_without_lots() -> None:
    experiment = contest(*SURE, self_play=False)
    bred = winner(experiment, among="bred")
    assert bred.place.score >= winner(experiment, among="memory-one").place.score - 1e-9
    assert bred.place.score <= winner(experiment, among="all").place.score
    assert bred.exact
    assert bred == winner(experiment, among="bred")  # the seed decides
    assert bred.tried >= 64


def test_breeding_finds_where_lots_are_best() -> None:
    # Nydegger can be taken advantage of for ever, but not before the third move; a rule that only
    # sees the last outcome cannot count, and had better toss a coin each time both accommodated.
    experiment = contest("nydegger", self_play=False)
    bred, sure = (winner(experiment, among=among) for among in ("bred", "memory-one"))
    nydegger = strategy("nydegger")
    coins = [
        expect(Match(PD, (Strategy("coin", memory_one(1, p, 1, 0, 0)), nydegger), Horizon(30)))
        for p in np.arange(0, 1.001, 0.01)
    ]
    best = max(e.totals[0] for e in coins if e.totals)
    assert best - 1e-9 <= bred.place.score <= best + 0.01
    assert bred.place.score > sure.place.score + 0.3


def test_to_score_most_is_not_quite_to_win(tmp_path: Any) -> None:
    experiment = contest("win-stay-lose-shift", "nydegger", "always-defect", horizon=Horizon(11))
    most = winner(experiment, among="automata", states=2)
    leads = []
    for i, rule in enumerate(small_automata(2)):
        scores = {
            k: x
            for k, (x, _) in played(experiment, Strategy("one", rule), tmp_path / str(i)).items()
        }
        leads.append(scores.pop("one") - max(scores.values()))
    assert (most.rank, most.winning) == (2, sum(lead >= -1e-9 for lead in leads))
    ahead = winner(experiment, among="automata", states=2, aim="win")
    assert ahead.rank == 1
    assert ahead.place.score < most.place.score
    assert ahead.place.score - ahead.rival.score == pytest.approx(max(leads))
    bred = winner(experiment, among="bred", aim="win")
    assert bred.place.score - bred.rival.score >= -1e-9


def test_two_of_a_name() -> None:
    experiment = contest("grim")
    mine = Strategy("best-reply", strategy("tit-for-tat").rule)
    twice = replace(experiment, entrants=entrants([mine, strategy("grim")]))
    found = winner(twice, among="memory-one")
    assert found.name == "best-reply#2"
    assert found.place.name == "best-reply#2"


def test_mistakes() -> None:
    three = Game(
        "three",
        [np.arange(9).reshape(3, 3) % 4, np.arange(9).reshape(3, 3).T % 4],
        roles=[(0, 1, 2), (0, 1, 2)],
    )
    copy = Strategy("copy", Automaton(np.eye(3), [[[0, 1, 2]] * 3] * 3))
    wide = replace(contest("grim"), game=three, entrants=entrants([copy]))
    assert winner(wide).among == "all"
    cases: list[tuple[Any, dict[str, Any], str]] = [
        (contest("grim"), {"among": "automaton"}, "did you mean automata"),
        (contest("grim"), {"among": "bred", "states": 2}, "a number of states is for automata"),
        (contest("grim"), {"states": 9}, "9 states; all automata can be gone through"),
        (contest("feld"), {"among": "all"}, "feld is no automaton"),
        (contest("grim"), {"among": "all", "aim": "win"}, "only what scores most is solved"),
        (contest("grim"), {"aim": "wins"}, "no aim"),
        (contest(), {}, "nobody is there"),
        (wide, {"among": "memory-one"}, "more than two actions"),
    ]
    for experiment, options, said in cases:
        with pytest.raises(Mistake, match=said):
            winner(experiment, **options)
