# expect: time: took more than
def strategy(mine, theirs):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
