# expect: mistake: returned True, which is no action
def strategy(mine, theirs):
    return theirs[-1] == 0 if theirs else 0
