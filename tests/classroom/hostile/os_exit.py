# expect: crash: In period 5 it ended its process (exit code 7)
import os


def strategy(mine, theirs):
    if len(mine) == 4:
        os._exit(7)
    return 0
