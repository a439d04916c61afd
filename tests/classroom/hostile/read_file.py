# expect: forbidden: reads a file (passwd) (line 3)
def strategy(mine, theirs):
    with open("/etc/passwd") as file:
        return len(file.read()) % 2
