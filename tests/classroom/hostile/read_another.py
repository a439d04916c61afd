# expect: forbidden: reads a file
import os


def strategy(mine, theirs):
    found = ""
    try:
        for folder in os.listdir(".."):
            for name in os.listdir(f"../{folder}"):
                found += open(f"../{folder}/{name}").read()
    except Exception:
        pass
    return len(found) % 2
