"""`make bench`: runs the scripts of bench/ one by one (ARGS names some). They print, they don't judge."""

import subprocess
import sys

from console import stop
from environment import ROOT, prepare, variables


def main() -> None:
    python = prepare("test", "production", "machines")  # newsroom_walk.py is a test, others serve
    scripts = {path.stem: path for path in sorted((ROOT / "bench").glob("[!_]*.py"))}
    wanted = sys.argv[1:] or list(scripts)
    if unknown := set(wanted) - set(scripts):
        stop(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(scripts) or 'none yet'}.")
    if not wanted:
        print("There is no benchmark yet: bench/README.md says how to write one.")
    for name in wanted:
        print(f"\n== {name}", flush=True)
        environment = variables(DEBUG="0", SECRET_KEY="bench", PAGES_ROOT="")  # noqa: S106
        if subprocess.run([python, scripts[name]], cwd=ROOT, env=environment).returncode:
            stop(f"bench/{name}.py failed: the reason is above.")


if __name__ == "__main__":
    main()
