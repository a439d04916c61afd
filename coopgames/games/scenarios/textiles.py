"""Cotton textiles: an issue-area drawn too narrowly.

The importer accepts or restricts, the exporter restrains its exports or does not. Voluntary
restraint leaves the exporter the quota's rent: (4, 3). Nothing is at rest: restraint is answered by
acceptance, acceptance by unrestrained exports, these by restriction, and restriction by restraint.

A share s of the trade leaks into synthetic fibres, which are another issue-area, and lowers what
the importer gets from restraint to 4 − 3s. From s* = 1/3 on restricting is best for it in any case.
"""

from __future__ import annotations

from coopgames.games.game import Game
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE

COLLAPSE = 1 / 3
"""s*, the leakage from which on the importer restricts whatever the exporter does."""


@entry(
    "cotton-textiles",
    title="The trade in cotton textiles",
    encodes=("mixed-interests", "cyclic"),
    story="An exporter of cotton textiles can restrain itself, and an importer can accept what "
    "comes or restrict it.",
    source=f"{KEOHANE}, after V. K. Aggarwal: cotton had a regime of its own, apart from synthetic "
    "fibres. The payoffs are ours.",
    parameters={
        "leakage": Parameter("how far trade moves into fibres that are not covered", 0, 1,
                             unit="share"),
    },
    notice=(
        "Each move provokes the next. Voluntary restraint, with the quota's rent for the exporter, "
        "is better for both than the average of the chase, which is 2.5 each.",
        "Beyond a leakage of 1/3 the importer restricts in any case, and what was a bargain is "
        "opposed interests, until the issue-area is drawn anew.",
    ),
    vary=("leakage: beyond 1/3 the arrangement is worth less to the importer than restricting.",),
)  # fmt: skip
def cotton_textiles(leakage: float = 0.0) -> Game:
    """Make the game of importer and exporter, with 4 − 3s for restraint that is accepted."""
    importer, exporter = [[4 - 3 * leakage, 1.0], [3.0, 2.0]], [[3.0, 4.0], [2.0, 1.0]]
    return Game(
        "cotton-textiles", [importer, exporter],
        actions=[("accept", "restrict"), ("restrain", "do not")], seats=("importer", "exporter"),
    )  # fmt: skip
