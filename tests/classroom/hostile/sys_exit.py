# expect: mistake: failed: SystemExit: 0 (line 6)
import sys


def strategy(mine, theirs):
    sys.exit(0)
