"""What a message in a record held out: its inducements, from the profile before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.inducements import Inducements, inducements
from coopgames.readings.lens import Lens
from coopgames.readings.messages import Message


def weighed(seen: Lens, course: NDArray[np.int64], message: Message) -> Inducements | None:
    """Weigh what a message held out, from the profile before it; None if it is not conditional.

    Where it does not say what the sender does in one of the cases, the sender goes on as before.
    """
    if message.demand is None or seen.game.n != 2:
        return None
    status_quo: tuple[int, ...] = seen.structure.self_regarding[0]
    if message.period or seen.past:
        earlier = course[message.period - 1] if message.period else seen.past[0]
        status_quo = tuple(int(a) for a in np.unravel_index(int(earlier), seen.game.shape))
    own = status_quo[message.sender]
    return inducements(
        seen.game,
        status_quo,
        demand=message.demand,
        then=own if message.then is None else message.then,
        otherwise=own if message.otherwise is None else message.otherwise,
        sender=message.sender,
    )
