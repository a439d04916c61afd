# expect: forbidden: starts another process (line 6)
import os


def strategy(mine, theirs):
    while os.fork() == 0:
        pass
    return 0
