# expect: time: took more than
import time


def strategy(mine, theirs):
    if len(mine) == 2:
        time.sleep(3600)
    return 0
