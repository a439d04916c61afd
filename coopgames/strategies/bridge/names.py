"""Which of our strategies are which players of Axelrod-Python.

By the player's class, with its defaults; ours by its name in the library. Equal means: after every
history, own slips included, the same action, or the same lottery. The tests hold each pair to it:
automata by their smallest tables, compiled strategies turn by turn.
"""

NATIVE = {
    "Alternator": "alternator",
    "Cooperator": "always-accommodate",
    "Defector": "always-defect",
    "FirstByAnonymous": "name-withheld",
    "FirstByDavis": "davis",
    "FirstByFeld": "feld",
    "FirstByGrofman": "grofman",
    "FirstByJoss": "joss",
    "FirstByNydegger": "nydegger",
    "FirstByShubik": "shubik",
    "FirstByTullock": "tullock",
    "Grudger": "grim",
    "Random": "random",
    "SuspiciousTitForTat": "suspicious-tit-for-tat",
    "TitFor2Tats": "tit-for-two-tats",
    "TitForTat": "tit-for-tat",
    "WinStayLoseShift": "win-stay-lose-shift",
}
