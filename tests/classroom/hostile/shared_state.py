# expect: differs: when the same match was played again alone
met = []


class Strategy:
    def __init__(self):
        met.append(self)

    def act(self, theirs):
        return sum(other is not self for other in met) % 2 ^ len(met) % 3 % 2
