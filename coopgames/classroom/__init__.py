"""A class's strategies: how one begins, and whether it keeps to the rules."""

from coopgames.classroom.conformance import CHECKS, Finding, Report, check, conforms

__all__ = ["CHECKS", "Finding", "Report", "check", "conforms"]
