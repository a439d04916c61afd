"""``python -m coopgames``."""

from coopgames.cli import main

main()
