"""Works that many entries of the library cite."""

PRISON = "Beaufils, Delahaye & Mathieu (1998), PRISON, a simulator, Université de Lille"
STEWART = (
    "Stewart & Plotkin (2012), Extortion and cooperation in the Prisoner's Dilemma, PNAS "
    "109:10134-10135"
)
FUDENBERG = (
    "Fudenberg, Rand & Dreber (2012), Slow to anger and fast to forgive, American Econ. Rev. "
    "102:720-749"
)
AXELROD_PYTHON = "Axelrod-Python 4.13.1 (2023)"
