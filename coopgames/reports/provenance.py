"""How it was done, and what is needed to do it again."""

from __future__ import annotations

from coopgames.reports.glossary import KEOHANE
from coopgames.reports.markup import paragraphs, section, table, text, unfolding
from coopgames.reports.words import counted, percent
from coopgames.specs import Experiment, spec_digest, toml_text
from coopgames.store import Results

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
    sources = "".join(
        f"<li>{text(source)}</li>" for source in (KEOHANE, KAPLAN_MEIER, _cite(results))
    )
    return section("methods", "How it was read", paragraphs(read), f"<ul>{sources}</ul>")


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
