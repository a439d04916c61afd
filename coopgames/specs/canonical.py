"""The canonical form of an experiment: everything spelt out, as JSON can hold it.

It is itself an experiment file in its longest form, so that reading it back gives the same
experiment, and its digest says whether two experiments are the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from pydantic import ValidationError

from coopgames.mistakes import Mistake
from coopgames.specs import arrangement_table, game_table, horizon
from coopgames.specs.arms import read_experiment
from coopgames.specs.resolved import Experiment, Quoted
from coopgames.specs.source import Source
from coopgames.specs.strategy_file import as_table
from coopgames.specs.table import mistakes
from coopgames.strategies import Apart, Automaton, Strategy, library, regime_library


def as_spec(experiment: Experiment) -> dict[str, Any]:
    """Write an experiment in its canonical form.

    Parameters
    ----------
    experiment : Experiment
        What `loads_canonical` makes of the result again.

    Returns
    -------
    dict
        Only what JSON can hold; every default filled in, games and automata written out.
    """
    return {
        "name": experiment.name,
        "title": experiment.title,
        "story": experiment.story,
        "predict": experiment.predict,
        "notice": experiment.notice,
        "sources": list(experiment.sources),
        "remark": experiment.remark,
        "seed": experiment.seed,
        "strategies": [_strategy(entrant.strategy) for entrant in experiment.entrants],
        "game": game_table.as_table(experiment.game),
        **_regime(experiment),
        "repetitions": experiment.repetitions,
        "self_play": experiment.self_play,
        "noise": experiment.noise,
        "perception": asdict(experiment.perception),
        "horizon": horizon.as_table(experiment.horizon, experiment.lengths),
        "reading": asdict(experiment.rule),
        "quoted": _quoted(experiment.quoted),
        "arms": _arms(experiment),
    }


def spec_digest(experiment: Experiment) -> str:
    """SHA-256 of the canonical form.

    Parameters
    ----------
    experiment : Experiment
        Two have the same digest if and only if their canonical forms are the same.
    """
    text = json.dumps(as_spec(experiment), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def loads_canonical(spec: dict[str, Any]) -> Experiment:
    """Read an experiment from its canonical form.

    Parameters
    ----------
    spec : dict
        What `as_spec` wrote, perhaps by way of JSON.

    Raises
    ------
    Mistake
        With one line for each mistake in it.
    """
    try:
        return read_experiment(spec)
    except ValidationError as error:
        source = Source("canonical form", "", spec)
        raise Mistake("\n".join(mistakes(error, source))) from None


def _strategy(strategy: Strategy) -> dict[str, Any]:
    if strategy.provider:
        return {
            "name": strategy.name, "provider": strategy.provider, "sha256": strategy.digest,
        }  # fmt: skip
    if strategy.family == "axelrod":
        return {"name": strategy.name, **dict(strategy.parameters)}
    if isinstance(strategy.rule, Apart):
        return {"name": strategy.name, "apart": strategy.digest}
    entry = library().get(strategy.name) or regime_library().get(strategy.name)
    if entry is not None and strategy.family == entry.family:
        return {"name": strategy.name, **dict(strategy.parameters)}
    if isinstance(strategy.rule, Automaton):
        return as_table(strategy)
    # Code is named and hashed; only a file can be read again.
    path = getattr(strategy.rule, "path", None)
    file = "not in a file" if path is None else path.as_posix()
    return {"name": strategy.name, "file": file, "sha256": strategy.digest}


def _regime(experiment: Experiment) -> dict[str, Any]:
    """Write the regime in force; without one the canonical form is what it was before."""
    if experiment.regime is None:
        return {}
    return {"regime": arrangement_table.as_table(experiment.regime, experiment.game)}


def _quoted(quoted: Quoted | None) -> dict[str, Any] | None:
    if quoted is None:
        return None
    return {
        "label": quoted.label,
        "note": quoted.note,
        "scores": dict(quoted.scores),
        "sources": list(quoted.sources),
    }


def _arms(experiment: Experiment) -> dict[str, Any] | None:
    """Write what each arm changes, key by key."""
    if not experiment.arms:
        return None
    base = as_spec(replace(experiment, arms=()))
    none = {} if experiment.regime is None else {"regime": "none"}
    return {
        arm.name: {k: v for k, v in {**none, **as_spec(arm.experiment)}.items() if v != base.get(k)}
        for arm in experiment.arms
    }
