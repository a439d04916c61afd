"""The regime as a value: what it refuses, what it warns of, what complies."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    Flagged,
    Injunction,
    Issue,
    Listed,
    Monitoring,
    NoMore,
    Regime,
    RegimeMistake,
    Within,
    compliant,
    warnings,
)

PD = Issue("stage", named_game("prisoners-dilemma"))
C, D = PD.actions[0]
NORM = Injunction("norm", "norm", Listed((C,)))
RULE = Injunction("rule", "rule", Listed((C,)), serves=("norm",))


def regime(*injunctions, issue=PD):
    return Regime("small", (issue,), injunctions)


@pytest.mark.parametrize(
    ("q", "message"),
    [
        (Injunction("q", "rule", Listed(("E",))), 'q: no action "E"'),
        (Injunction("q", "rule", Listed((C, D)), "proscribe"), "q: nobody can comply with it"),
        (Injunction("q", "rule", Within(0, 1)), 'q: action "C" is no number'),
        (Injunction("q", "rule", Listed((C,)), addressees=("x",)), 'q: no seat "x"'),
        (Injunction("q", "rule", Listed((C,)), stake=2.0), "q: 2 is no share"),
        (Injunction("q", "rule", Listed((C,)), when=Flagged("r")), 'q: no injunction "r"'),
        (Injunction("q", "rule", Listed((C,)), serves=("q",)), 'a rule cannot serve the rule "q"'),
        (Injunction("q", "rule", Listed((C,)), issue="x"), 'q: no issue "x"'),
    ],
)
def test_it_refuses_what_cannot_be(q, message):
    with pytest.raises(RegimeMistake, match=message):
        regime(q)


def test_all_at_once_and_by_name():
    with pytest.raises(RegimeMistake) as mistake:
        regime(
            Injunction("first", "rule", Listed(("E",))),
            Injunction("second", "rule", Listed(("F",))),
        )
    assert [(p.at, p.injunction, p.key) for p in mistake.value.problems] == [
        (0, "first", "demand"), (1, "second", "demand"),
    ]  # fmt: skip
    assert all(line.startswith('regime "small": ') for line in str(mistake.value).splitlines())


def test_one_whom_it_does_not_fit():
    issue = Issue("cotton", named_game("cotton-textiles"))
    with pytest.raises(RegimeMistake, match="no action of exporter complies; say for whom it is"):
        regime(Injunction("access", "norm", Listed(("accept",))), issue=issue)
    assert regime(Injunction("access", "norm", Listed(("restrict",)), "proscribe"), issue=issue)


class TestContradictions:
    OTHER = Injunction("other", "rule", Listed((D,)))

    def test_between_rules_are_refused(self):
        with pytest.raises(RegimeMistake, match='other: contradicts the rule "rule": actor 1'):
            regime(NORM, RULE, self.OTHER)

    def test_between_a_rule_and_a_norm_are_strange(self):
        assert 'rule "other": contradicts the norm "norm"; actor 1 cannot comply with both' in (
            warnings(regime(NORM, self.OTHER))
        )

    def test_not_where_they_never_meet(self):
        once = replace(RULE, when=Flagged("rule", "another", 3, unless=True))
        then = replace(self.OTHER, when=Flagged("rule", "another", 3))
        assert regime(NORM, once, then)
        with pytest.raises(RegimeMistake, match="contradicts"):
            regime(NORM, once, replace(then, when=Flagged("rule", "another", 4)))

    def test_not_for_different_actors(self):
        mine, yours = (
            replace(RULE, addressees=("actor 1",)),
            replace(self.OTHER, addressees=("actor 2",)),
        )
        assert regime(NORM, mine, yours)

    def test_not_with_a_permission(self):
        assert regime(NORM, RULE, replace(self.OTHER, deontic="permit", excepts=("rule",)))


class TestWarnings:
    def test_a_norm_that_no_rule_implements(self):
        assert warnings(regime(NORM)) == ('norm "norm": no rule implements it',)
        assert warnings(regime(NORM, RULE)) == ()

    def test_a_norm_that_only_a_norm_serves(self):
        principle = Injunction("principle", "principle", Listed((C,)))
        norm = replace(NORM, serves=("principle",))
        assert warnings(regime(principle, norm)) == ('norm "norm": no rule implements it',)

    def test_what_forbids_nothing(self):
        assert 'rule "all": it forbids nothing' in warnings(
            regime(Injunction("all", "rule", Listed((C, D))))
        )


class TestValue:
    def test_frozen_and_hashable(self):
        r = regime(NORM)
        with pytest.raises(FrozenInstanceError):
            r.name = "other"
        assert hash(r) == hash(regime(NORM))

    def test_prose_does_not_count(self):
        r = regime(replace(NORM, says="be good", since="1947"))
        assert r.digest == regime(NORM).digest

    @pytest.mark.parametrize(
        "change",
        [
            {"level": "rule"},
            {"demand": Listed((D,))},
            {"monitoring": Monitoring(0.9)},
            {"when": Flagged("norm")},
            {"addressees": ("actor 1",)},
            {"implicit": True},
        ],
    )
    def test_what_does(self, change):
        assert regime(replace(NORM, **change)).digest != regime(NORM).digest

    def test_the_game_does(self):
        other = Issue("stage", named_game("stag-hunt"))
        assert Regime("small", (other,), ()).digest != Regime("small", (PD,), ()).digest

    @pytest.mark.parametrize("issues", [(), (Issue("talk", moves=("a", "b"), seats=("x",)),)])
    def test_it_is_about_something(self, issues):
        if issues:
            assert Regime("talk", issues).issue().seats == ("x",)
        else:
            with pytest.raises(Mistake, match="about nothing"):
                Regime("nothing", issues)

    def test_an_issue_is_a_game_or_a_procedure(self):
        with pytest.raises(Mistake, match="either a game or moves"):
            Issue("neither")


class TestCompliant:
    GRID = Issue(
        "tariffs", Game("t", np.zeros((2, 3, 3)), [("0", "1", "2")] * 2, roles=[(2, 1, 0)] * 2)
    )

    def sets(self, demand, deontic="prescribe"):
        q = Injunction("q", "rule", demand, deontic)
        return compliant(regime(q, issue=self.GRID), q, 0)

    def test_what_is_named_or_all_else(self):
        assert self.sets(Within(1, None)).tolist() == [[[False, True, True]]]
        assert self.sets(Within(None, 1), "proscribe").tolist() == [[[False, False, True]]]
        assert self.sets(Within(2, 2), "permit").all()

    def test_by_what_was_done_last_in_the_order_of_accommodation(self):
        # here action 2 accommodates most: after it only itself is no step back
        own = self.sets(NoMore("own"))
        assert own[:, 0].tolist() == [[False, False, True], [False, True, True], [True] * 3]
        assert (self.sets(NoMore("others"))[0] == own[:, 0]).all()
