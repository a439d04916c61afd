# expect: any: failed: RecursionError | MemoryError | crashed | took more
import sys

sys.setrecursionlimit(10**9)


def strategy(mine, theirs):
    return strategy(mine, theirs)
