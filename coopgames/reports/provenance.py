"""How it was done, and what is needed to do it again."""

from __future__ import annotations

from coopgames.reports.glossary import KEOHANE
from coopgames.reports.markup import paragraphs, section, table, text, unfolding
from coopgames.reports.words import counted, length, listed, percent, under
from coopgames.specs import Experiment, spec_digest, toml_text
from coopgames.store import Results

EFRON = (
    "B. Efron, Bootstrap methods: another look at the jackknife. Annals of Statistics 7 (1979), "
    "1–26."
)
ECOLOGY = (
    "R. Axelrod, More effective choice in the prisoner's dilemma. Journal of Conflict Resolution "
    "24 (1980), 379–403: the ecological tournament."
)
PSEUDO = (
    "P. K. Andersen, J. P. Klein and S. Rosthøj, Generalised linear models for correlated "
    "pseudo-observations, with applications to multi-state models. Biometrika 90 (2003), 15–27."
)
ROYSTON = (
    "P. Royston and M. K. B. Parmar, Restricted mean survival time: an alternative to the hazard "
    "ratio. BMC Medical Research Methodology 13 (2013), 152."
)
KAPLAN_MEIER = (
    "E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations. Journal of "
    "the American Statistical Association 53 (1958), 457–481."
)


def methods(experiment: Experiment, results: Results) -> str:
    """Say by which conventions matches were read."""
    r = experiment.rule
    window, watch = counted(r.w, "period"), counted(r.L, "period")
    read = (
        f"Every match was read by the questions of Keohane's Figure 1. Its last {window} "
        f"(w = {r.w}) are compared with what actors would do who look only to their own interest, "
        "and with its first. Compatibility says how little choices get in each other's way: 0 as "
        "without any adjustment, 1 as in the best agreement. Adjustment succeeded where "
        f"compatibility rose by at least {r.rise:g}, or where each attained at least {r.g:g} of "
        f"what the best agreement would bring it (g = {r.g:g}), if somebody gained by it. Discord "
        f"intensified where compatibility fell by at least {r.rise:g}.\n\n"
        f"A period is coordinated if compatibility is at least {r.c:g} (c = {r.c:g}) and each "
        f"attains at least {r.g:g} of its gain. Coordination emerged with the first such period "
        f"from which at least {r.m} of {watch} are coordinated (L = {r.L}, q = {r.q:g}), if "
        "somebody had attempted to adjust by then; it broke down with the first period from which "
        f"as many are not. Matches of fewer than {4 * r.L} periods are not judged. The curves and "
        "median times allow for matches that ended first.\n\n"
        "All of these numbers are conventions, calibrated to nothing: change them under [reading] "
        "in the specification below, and see what depends on them."
    )
    cited = [KEOHANE, KAPLAN_MEIER, EFRON, ECOLOGY]
    if experiment.arms:
        read += (
            "\n\nThe arms have the same luck: repetition by repetition the same draws are made in "
            "each. Differences are means over repetitions of what one arm came to less the other; "
            "intervals are Student's, from pseudo-values with each repetition left out in turn, "
            "which for plain means is the paired t-test. Mean waiting times are restricted to the "
            "time watched. Each match counts alike."
        )
        cited += [PSEUDO, ROYSTON]
    cited.append(_cite(results))
    sources = "".join(f"<li>{text(source)}</li>" for source in cited)
    return section(
        "methods", "How it was read", paragraphs(read),
        paragraphs(for_a_paper(experiment, results)), f"<ul>{sources}</ul>",
    )  # fmt: skip


def for_a_paper(experiment: Experiment, results: Results) -> str:
    """Write what a paper that uses the results has to say, in a paragraph."""
    e, m = experiment, results.manifest
    self_play = "and itself " if e.self_play else ""
    noise = f", with noise {e.noise:g}" if e.noise else ""
    if e.regime is not None:
        noise += f", {under(e)}"
    arms = ""
    if e.arms:
        others = listed(arm.name for arm in e.arms[1:])
        arms = f" It was compared with {others} under common random numbers."
    return (
        f"For a paper: {counted(len(e.entrants), 'strategy')} played {e.game.name}, each against "
        f"every other {self_play}in {counted(e.repetitions * len(e.horizons), 'game')} a pair "
        f"({length(e)}{noise}).{arms} Coordination was taken to have emerged by the rule L = "
        f"{e.rule.L}, q = {e.rule.q:g}, c = {e.rule.c:g}, g = {e.rule.g:g}. Computed with "
        f"coopgames {m['versions']['coopgames']} (engine {m['engine']}, seed {e.seed}, "
        f"specification {spec_digest(e)[:12]})."
    )


def _cite(results: Results) -> str:
    version = results.manifest["versions"]["coopgames"]
    return (
        f"The coopgames developers, coopgames {version}: experiments on harmony, cooperation and "
        "discord."
    )


def reproduce(experiment: Experiment, results: Results) -> str:
    """Give the command, seed, versions, hashes and the whole specification."""
    m, file = results.manifest, f"{experiment.name}.toml"
    facts = [
        ["seed", str(experiment.seed)],
        ["engine", str(m["engine"])],
        *([name, str(version)] for name, version in m["versions"].items()),
    ]
    hashes = [
        ["specification", spec_digest(experiment)],
        ["game", m["game"]],
        *([["regime", e.regime.regime.digest]] if (e := experiment).regime else []),
        *m["tables"].items(),
    ]
    noise = f" Noise was {percent(experiment.noise)}." if experiment.noise else ""
    if experiment.perception.error:
        who = "publicly" if experiment.perception.public else "privately"
        noise += f" Actions were {who} misperceived with probability {experiment.perception.error}."
    return section(
        "reproduce",
        "How to get the same results",
        f"<p>Save the specification below as <code>{text(file)}</code> and run it. The same "
        f"specification gives the same tables to the byte.{text(noise)}</p>",
        f"<pre><code>coopgames run {text(file)}</code></pre>",
        table("Seed and versions", ["what", "value"], facts, words=frozenset({1})),
        table("SHA-256 of contents", ["what", "digest"], hashes, words=frozenset({1})),
        unfolding(
            "Digests of the strategies",
            table("SHA-256 of each strategy", ["strategy", "digest"], m["strategies"].items(),
                  words=frozenset({1})),
        ),
        unfolding(
            f"The specification, {file}",
            f'<pre id="specification" data-name="{text(file)}" tabindex="0" '
            f'aria-label="{text(file)}">'
            f"<code>{text(toml_text(m['experiment']))}</code></pre>",
            "specification",
        ),
    )  # fmt: skip
