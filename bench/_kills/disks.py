"""Small disks, which can be filled: file systems in memory of a few megabytes (root alone may mount them)."""

import contextlib
import os
import subprocess
from pathlib import Path


class Disk:
    """A file system of so many megabytes."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self.ballast = folder, folder / ".ballast"
        folder.mkdir()
        options = f"size={megabytes}m,mode=755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)

    def fill(self) -> None:
        """To the last byte; what was there stays."""
        ballast = os.open(self.ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for size in (2**20, 4096, 1):
            with contextlib.suppress(OSError):
                while os.write(ballast, bytes(size)):
                    pass
        os.close(ballast)

    def empty(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def unmount(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False)
