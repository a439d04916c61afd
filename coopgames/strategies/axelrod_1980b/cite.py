"""How an entry of the second tournament is cited."""

from __future__ import annotations


def cite(author: str, rank: int, program: str) -> str:
    """Say who handed it in, which place it took, and what the program of 1980 is called."""
    return (
        f"{author}, {program.upper()}, rank {rank} of 63 in Axelrod (1980), More effective choice "
        "in the Prisoner's Dilemma, J. Conflict Resolution 24:379-403."
    )
