# expect: forbidden: uses the network (line 5)
import socket

try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except OSError:
    pass


def strategy(mine, theirs):
    return 0
