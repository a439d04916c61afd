# expect: forbidden: sends a signal to a process (line 7)
import os


def strategy(mine, theirs):
    try:
        os.kill(os.getppid(), 9)
    except OSError:
        pass
    return 0
