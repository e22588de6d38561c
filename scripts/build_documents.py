"""`make documents`: makes the document templates of catalog/document_files/ from their sources (documents/build.py)."""

import subprocess
import sys

from environment import ROOT, prepare


def main() -> int:
    return subprocess.run([prepare("test"), ROOT / "scripts" / "documents" / "build.py"]).returncode


if __name__ == "__main__":
    sys.exit(main())
