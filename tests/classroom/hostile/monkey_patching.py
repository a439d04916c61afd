# expect: forbidden: changed what belongs to Python itself (len)
import builtins

import coopgames.play.python as engine

builtins.len = lambda _: 0
engine.python_mover = lambda *_: lambda _: 1


def strategy(mine, theirs):
    return 1
