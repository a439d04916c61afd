"""Regimes of many, between two of them."""

from dataclasses import replace

import pytest

from coopgames import named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import Arrangement, Flagged, Injunction, Listed
from coopgames.specs import regime_from

OIL = named_game("tug-of-war(n=2)")


def test_a_cartel_of_many_between_two() -> None:
    """Company by company: what addresses only consumers or concessions plays no part."""
    settled = Arrangement(regime_from("as-is-oil-1928")).settled(OIL)
    about = settled.about(OIL)
    assert about.seats == ("company 1", "company 2")
    assert settled.answer == "standing"
    public = settled.public(OIL)
    assert [label.asked for label in public.label[0]] == [0, 0]  # as is, of both
    hit, false_alarm = 0.9, 0.05  # of "shares as is", the best watch of that line
    assert public.signal[0, 0] == pytest.approx(
        [0.95**2, 0.95 * false_alarm, false_alarm * 0.95, false_alarm**2]
    )
    assert public.signal[2, 0, :2].sum() == pytest.approx(1 - hit)  # the first is not reported


def test_it_is_the_same_once_it_is_settled() -> None:
    once = Arrangement(regime_from("as-is-oil-1928")).settled(OIL)
    assert once.settled(OIL) == once
    assert once.public(OIL) == Arrangement(regime_from("as-is-oil-1928")).public(OIL)


def test_a_regime_of_two_stays_what_it_is() -> None:
    pd, pledge = named_game("prisoners-dilemma"), regime_from("pledge")
    assert Arrangement(pledge).settled(pd).regime == pledge


def test_other_actions_are_still_refused() -> None:
    with pytest.raises(Mistake, match="stag / hare"):
        Arrangement(regime_from("as-is-oil-1928")).public(named_game("stag-hunt"))


def test_what_addresses_only_others_falls_away() -> None:
    """And so do what holds by its flags, and what is said of it."""
    oil = regime_from("as-is-oil-1928")
    (output, *_) = oil.issues
    others = Injunction(
        "buyers", "rule", Listed(("buy",)), issue=output.name, addressees=("consumers",),
        serves=(oil.injunctions[0].name,),
    )  # fmt: skip
    after = Injunction(
        "after that", "rule", Listed(("as is",)), issue=output.name, addressees=("company *",),
        when=Flagged("buyers", "any", 1),
    )  # fmt: skip
    more = replace(oil, injunctions=(*oil.injunctions, others, after))
    settled = Arrangement(more).settled(OIL)
    assert not {"buyers", "after that"} & {q.name for q in settled.regime.injunctions}
    assert settled.public(OIL) == Arrangement(oil).public(OIL)
