def strategy(memory, theirs, payoffs, chance, period, horizon):
    memory["hurt"] = memory.get("hurt", 0) + (theirs[-1] if theirs else 0)
    if period == 0:
        return "C"
    return chance.choice(["C", "D"]) if memory["hurt"] % 5 == 4 else theirs[-1]
