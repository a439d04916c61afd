# expect: memory: failed: MemoryError
def strategy(mine, theirs):
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))
