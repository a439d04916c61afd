# expect: time: took more than
def strategy(mine, theirs):
    while len(theirs) >= 3:
        pass
    return 0
