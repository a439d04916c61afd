# expect: crash: crashed its process (segmentation fault)
import faulthandler


def strategy(mine, theirs):
    faulthandler._sigsegv()
    return 0
