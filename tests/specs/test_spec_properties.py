"""Laws: dump and load are inverse; a line number is never wrong."""

import json
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, accommodation, catalog, named_game, relative_gains
from coopgames.mistakes import Mistake
from coopgames.play import Horizon
from coopgames.readings import Rule
from coopgames.specs import Experiment, Quoted, as_spec, loads_canonical, spec_digest
from coopgames.specs.resolved import entrants
from coopgames.specs.source import lines
from coopgames.specs.strategy_file import StrategyTable
from coopgames.strategies import library, strategy

probabilities = st.floats(0, 1)
shares = st.floats(0, 1, exclude_min=True)
words = st.text("abcdefghij", min_size=1, max_size=8)
sentences = st.text(string.ascii_letters + " ,.'\"\\é–", max_size=30)


@st.composite
def own_strategies(draw):
    names = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    states = st.sampled_from(names)
    table = {
        "name": draw(words),
        "voice": draw(sentences),
        "source": draw(sentences),
        "initial": draw(states),
        "state": [
            {
                "name": name,
                "accommodate": draw(probabilities),
                "next": {outcome: draw(states) for outcome in ("CC", "CD", "DC", "DD")},
            }
            for name in names
        ],
    }
    return StrategyTable.model_validate(table).strategy()


players = st.one_of(
    st.sampled_from(list(library())).map(strategy),
    probabilities.map(lambda p: strategy("random", p=p)),
    own_strategies(),
)
payoffs = st.floats(-1e9, 1e9)
games = st.one_of(
    st.sampled_from([*catalog(), "navigation-acts(sigma=1.5)", "cotton-textiles(leakage=0.4)"])
    .map(named_game)
    .filter(lambda game: game.shape == (2, 2) and accommodation(game) is not None),
    shares.map(lambda r: relative_gains(named_game("chicken"), r)),
    st.builds(
        lambda flat, story: Game(
            "own game",
            [[flat[0:2], flat[2:4]], [flat[4:6], flat[6:8]]],
            roles=[[0, 1], [1, 0]],
            story=story,
        ),
        st.lists(payoffs, min_size=8, max_size=8),
        sentences,
    ),
)
horizons = st.one_of(
    st.builds(Horizon, st.integers(1, 10**6), known=st.booleans()),
    st.builds(Horizon, continuation=st.floats(0, 1, exclude_max=True)),
    st.just(Horizon()),
)
rules = st.builds(
    Rule, L=st.integers(1, 99), q=shares, w=st.integers(1, 99), c=shares, g=shares, rise=shares
)
quotes = st.builds(
    Quoted,
    words,
    st.dictionaries(st.sampled_from(list(library())), payoffs, min_size=1).map(
        lambda scores: tuple(scores.items())
    ),
    sentences,
    st.lists(sentences, max_size=2).map(tuple),
)


def playable(game):
    from coopgames.games import accommodation

    return accommodation(game) is not None


experiments = st.builds(
    Experiment,
    name=words,
    title=words,
    seed=st.integers(0, 2**63 - 1),
    game=games.filter(playable),
    entrants=st.lists(players, min_size=2, max_size=5).map(entrants),
    horizon=horizons,
    repetitions=st.integers(1, 1000),
    self_play=st.booleans(),
    noise=probabilities,
    rule=rules,
    story=sentences,
    predict=sentences,
    remark=sentences,
    quoted=st.none() | quotes,
)


@settings(max_examples=60, deadline=None)
@given(experiments)
def test_what_is_written_is_read_again(experiment):
    spec = as_spec(experiment)
    again = loads_canonical(json.loads(json.dumps(spec, allow_nan=False)))
    assert again == experiment
    assert again.game.story == experiment.game.story  # equality of games leaves it out
    assert as_spec(again) == spec
    assert spec_digest(again) == spec_digest(experiment)


values = st.recursive(
    st.one_of(
        st.booleans().map(lambda b: "true" if b else "false"),
        st.integers().map(str),
        st.sampled_from(
            ["1979-05-27 07:32:00", "-inf", "3.14", "'[a]'", '"""\n#"\n\\""""', "'''\n]='''''"]
        ),
        st.text(max_size=6).map(json.dumps).filter(lambda s: "\\ud" not in s and "\x7f" not in s),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b.c", '"d.e"', "'f '"]), inner, max_size=3),
    ),
    max_leaves=8,
)
tables = st.dictionaries(st.sampled_from(["x", "y.z", '"ü"', "'# = ]'"]), values, max_size=4)
PARTS = {"b.c": ("b", "c"), '"d.e"': ("d.e",), "'f '": ("f ",), "y.z": ("y", "z"),
         '"ü"': ("ü",), "'# = ]'": ("# = ]",)}  # fmt: skip


class Writer:
    """Writes TOML and notes on which line it put what."""

    def __init__(self):
        self.text = ""
        self.lines = {}

    def note(self, path):
        self.lines[path] = self.text.count("\n") + 1

    def pairs(self, table, path, end):
        for key, value in table.items():
            at = (*path, *PARTS.get(key, (key,)))
            self.note(at)
            self.text += f"{key} = "
            self.value(value, at)
            self.text += end

    def value(self, value, path):
        if isinstance(value, list):
            self.text += "[ # a remark ]\n"
            for i, item in enumerate(value):
                self.note((*path, i))
                self.value(item, (*path, i))
                self.text += ",\n"
            self.text += "]"
        elif isinstance(value, dict):
            self.text += "{"
            inner = Writer()
            inner.text = "\n" * self.text.count("\n")
            inner.pairs(value, path, ", ")
            self.text += inner.text.lstrip("\n").removesuffix(", ") + "}"
            self.lines |= inner.lines
        else:
            self.text += value


@settings(max_examples=200, deadline=None)
@given(tables, tables, st.lists(tables, max_size=3))
def test_every_key_and_item_is_found_on_its_line(top, table, array):
    writer = Writer()
    writer.pairs(top, (), "  # = [\n")
    writer.note(("t",))
    writer.text += "[ t ]\n"
    writer.pairs(table, ("t",), "\n")
    for i, content in enumerate(array):
        writer.note(("u", i))
        writer.text += "[[u]]\n"
        writer.pairs(content, ("u", i), "\n\n")
        writer.note(("u", i, "v"))
        writer.text += "[u.v]\n"
        writer.pairs(content, ("u", i, "v"), "\n")
    import tomllib

    tomllib.loads(writer.text)  # what was written is TOML
    found = lines(writer.text)
    assert {path: found.get(path) for path in writer.lines} == writer.lines


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(experiments, st.data())
def test_whatever_else_is_written_is_read_or_is_a_mistake(experiment, data):
    spec = as_spec(experiment)
    table = spec
    while True:
        key = data.draw(
            st.sampled_from(list(table) if isinstance(table, dict) else [*range(len(table))])
        )
        if isinstance(table[key], dict | list) and table[key] and data.draw(st.booleans()):
            table = table[key]
        else:
            break
    table[key] = data.draw(anything)
    try:
        again = loads_canonical(spec)
    except Mistake as mistake:
        assert all(line.startswith("canonical form: ") for line in str(mistake).split("\n"))
    else:
        assert loads_canonical(as_spec(again)) == again
