# expect: forbidden: looks at who called it (frames) (line 6)
def strategy(mine, theirs):
    try:
        return 1 / 0
    except ZeroDivisionError as error:
        frame = error.__traceback__.tb_frame
        return 0 if frame.f_back is None else 1
