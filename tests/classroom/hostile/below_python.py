# expect: forbidden: reaches below Python (ctypes)
import ctypes
import os


def strategy(mine, theirs):
    try:
        ctypes.CDLL(None).kill(os.getppid(), 9)
    except Exception:
        pass
    return 0
