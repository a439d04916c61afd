# expect: forbidden: writes to a file (notes.txt) (line 4)
def strategy(mine, theirs):
    try:
        with open("notes.txt", "a") as file:
            file.write("seen")
    except OSError:
        pass
    return 0
