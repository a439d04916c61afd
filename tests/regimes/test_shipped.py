"""The regimes that come with the package: what their sources say of them must come out."""

import numpy as np
import pytest

from coopgames.games import catalog
from coopgames.regimes import accepted_by_sources, change, existence, intermediate, judged, warnings
from coopgames.specs import regime_from, shipped_regimes

NAMES = list(shipped_regimes())


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_story_and_sources_and_says_how_it_is_coded(name):
    r = regime_from(name)
    assert r.name == name
    assert r.title.startswith("The ")
    assert r.story
    assert r.coding
    assert "After Hegemony (1984), ch. 4" in r.sources[0]
    assert all(q.says for q in r.injunctions)
    assert all(i.game.name.partition("(")[0] in catalog() for i in r.issues if i.game)


def test_there_is_one_for_each_issue_area_and_one_for_teaching():
    assert NAMES == [
        "as-is-oil-1928", "cotton-textiles-1962", "free-trade-at-once", "gatt-1947",
        "gatt-bindings", "iea-sharing-1974", "non-proliferation-1970", "oil-1945",
        "oil-tug-of-war", "payments-1958-71", "payments-1973", "pledge",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_all_are_regimes_but_the_tug_of_war(name):
    r = regime_from(name)
    exists, weak = judged(r, accepted_by_sources(r))
    assert exists is (name != "oil-tug-of-war")
    assert weak is (name == "oil-1945")  # "albeit a weak one"


@pytest.mark.parametrize("name", NAMES)
def test_what_it_followed_is_there(name):
    assert regime_from(name).follows in ("", *NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_principles_are_too_general_to_make_a_regime(name):
    r = regime_from(name)
    assert not [n for n in intermediate(r) if r.injunction(n).level == "principle"]


@pytest.mark.parametrize("name", NAMES)
def test_norms_without_rules_are_left_only_where_the_text_says_so(name):
    assert len(warnings(regime_from(name))) == (name == "oil-tug-of-war")


def test_money_changed_within_and_oil_ended():
    # the text: the norm was kept, the rules were swept away; no injunction accepted by all
    money = change(regime_from("payments-1958-71"), regime_from("payments-1973"))
    assert (money.verdict, money.krasner) == ("change within", "within")
    assert (money.levels["principle"], money.levels["norm"], money.levels["procedure"]) == (
        0,
        0,
        0.5,
    )
    assert money.levels["rule"] == pytest.approx(1 - 1 / 28)  # one of 28 devaluations, then all
    war = change(regime_from("as-is-oil-1928"), regime_from("oil-1945"))
    assert (war.verdict, war.levels["norm"], war.levels["rule"]) == ("change within", 0, 0.5)
    oil = change(regime_from("as-is-oil-1928"), regime_from("oil-tug-of-war"))
    assert (oil.verdict, oil.existed, oil.exists) == ("end", True, False)


def test_the_tug_of_war_on_a_record():
    # companies 1 to 3 keep their shares (0), the newcomers compete (1), the consumers buy
    course = np.tile([0, 0, 0, 1, 1, 0], (20, 1))
    found = existence(regime_from("oil-tug-of-war"), course)
    assert (found.exists, found.accepted) == (False, ("competition is destructive",))
    before = existence(regime_from("as-is-oil-1928"), {"output": course[:, [0, 1, 2, 5]]})
    assert before.exists


def test_the_peg_is_seen_as_theory_has_it():
    # S4: hit .95, false alarm .02 under pegs; .5 and .2 under floating
    norms = [
        regime_from(n).injunction("nonmanipulation").monitoring
        for n in ("payments-1958-71", "payments-1973")
    ]
    assert [(m.hit, m.false_alarm) for m in norms] == [(0.95, 0.02), (0.5, 0.2)]
    assert all(m.shared for m in norms)
