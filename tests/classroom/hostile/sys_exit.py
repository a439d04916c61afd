# expect: mistake: called sys.exit()
import sys


def strategy(mine, theirs):
    sys.exit(0)
