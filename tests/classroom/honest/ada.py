NAME = "majority"
AUTHOR = "Ada"
DESCRIPTION = "I do what you have done more often so far."


def strategy(mine, theirs):
    return 1 if theirs.count(1) > len(theirs) / 2 else 0
