# expect: differs: when the same match was played again alone
import random

random.seed(1)


def strategy(mine, theirs):
    return random.choice([0, 1])
