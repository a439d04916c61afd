"""How loops are compiled: for one signature, cached, and only when they are needed.

numba is imported when something is compiled, not with this module.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import Any


def jit(*signature: Any) -> Callable[[Any], Any]:
    """Compile for one signature, cached where a cache can be written."""
    from numba import njit

    def compile_(function: Any) -> Any:
        try:
            return njit(list(signature), cache=True, nogil=True)(function)
        except RuntimeError as error:  # numba found no place it may write to
            if "cannot cache" not in str(error):
                raise
            return njit(list(signature), nogil=True)(function)

    return compile_


def jit_later(*signature: Any) -> Callable[[Any], Any]:
    """Compile for one signature, like `jit`, but when it is first called."""

    def decorate(function: Any) -> Any:
        lock, made = Lock(), list[Any]()

        @wraps(function)
        def call(*arguments: Any) -> Any:
            if not made:
                with lock:
                    if not made:
                        made.append(jit(*signature)(function))
            return made[0](*arguments)

        return call

    return decorate


@cache
def jitable(function: Any) -> Any:
    """Let compiled loops call a function of ours; once is enough."""
    from numba.extending import register_jitable

    return register_jitable(function)
