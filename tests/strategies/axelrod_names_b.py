"""What Axelrod-Python 4.13.1 calls strategies of ours: name -> (class, its parameters)."""

from __future__ import annotations

NAMES: dict[str, tuple[str, dict[str, object]]] = {
    # Axelrod's second tournament
    "adams": ("SecondByWmAdams", {}),
    "appold": ("SecondByAppold", {}),
    "black": ("SecondByBlack", {}),
    "borufsen": ("SecondByBorufsen", {}),
    "cave": ("SecondByCave", {}),
    "champion": ("SecondByChampion", {}),
    "colbert": ("SecondByColbert", {}),
    "eatherley": ("SecondByEatherley", {}),
    "getzler": ("SecondByGetzler", {}),
    "graaskamp-katzen": ("SecondByGraaskampKatzen", {}),
    "grofman-1980b": ("SecondByGrofman", {}),
    "harrington": ("SecondByHarrington", {}),
    "kluepfel": ("SecondByKluepfel", {}),
    "leyvraz": ("SecondByLeyvraz", {}),
    "mikkelson": ("SecondByMikkelson", {}),
    "richard-hufford": ("SecondByRichardHufford", {}),
    "rowsam": ("SecondByRowsam", {}),
    "tester": ("SecondByGladstein", {}),
    "tideman-chieruzzi-1980b": ("SecondByTidemanAndChieruzzi", {}),
    "tranquilizer": ("SecondByTranquilizer", {}),
    "weiner": ("SecondByWeiner", {}),
    "white": ("SecondByWhite", {}),
    "yamachi": ("SecondByYamachi", {}),
    # learning
    "adaptive": ("Adaptive", {}),
    "adaptive-pavlov-2006": ("APavlov2006", {}),
    "adaptive-pavlov-2011": ("APavlov2011", {}),
    "adaptor-brief": ("AdaptorBrief", {}),
    "adaptor-long": ("AdaptorLong", {}),
    "revised-downing": ("RevisedDowning", {}),
}
