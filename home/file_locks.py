"""Files that a process locks while it is at something: the system lets go of them however that process ends."""

import fcntl
from pathlib import Path


def is_locked(path: Path) -> bool:
    """Whether somebody holds `path`, this process included. OSError where it can't be read."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
