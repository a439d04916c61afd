# expect: mistake: changed the histories that it was shown
def strategy(mine, theirs):
    try:
        theirs.append(0)
    except TypeError:
        list.append(theirs, 0)
    return 0
