# expect: forbidden: printed more than
def strategy(mine, theirs):
    for _ in range(200):
        try:
            print("x" * 1000)
        except OSError:
            pass
    return 0
