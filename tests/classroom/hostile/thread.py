# expect: forbidden: starts a thread (line 9)
import threading


def strategy(mine, theirs, memory):
    def think():
        memory["thought"] = 1

    threading.Thread(target=think).start()
    return 0
