"""Results on disk."""

from coopgames.store.files import read_json, write_json, write_text
from coopgames.store.folder import Chunks, Results, Session, finish, open_folder, write_frame

__all__ = [
    "Chunks",
    "Results",
    "Session",
    "finish",
    "open_folder",
    "read_json",
    "write_frame",
    "write_json",
    "write_text",
]
