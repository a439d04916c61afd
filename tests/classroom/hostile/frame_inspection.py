# expect: forbidden: looks at who called it (frames) (line 8)
import sys


def strategy(mine, theirs):
    try:
        frame = None
        frame = sys._getframe(1)
    except Exception:
        pass
    return 0 if frame is None else 1
