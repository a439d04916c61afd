"""Results on disk."""

from coopgames.store.folder import Chunks, Results, Session, finish, open_folder

__all__ = ["Chunks", "Results", "Session", "finish", "open_folder"]
