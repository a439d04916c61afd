# expect: forbidden: sent something that was no answer
import os


def strategy(mine, theirs):
    forged = (5).to_bytes(4, "little") + b"12345678" + b"\x0a" + b"\x00" * 5
    for fd in range(1024):
        try:
            os.write(fd, forged)
        except OSError:
            pass
    return 0
