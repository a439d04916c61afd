# expect: file: asks for label, which only a regime shows
def strategy(label):
    return int(not label.other)
