#!/bin/sh
# Run a script with the first Python that is new enough: sh scripts/with_python.sh scripts/run.py …
# Each candidate is started, because a name on the PATH may be a stub that only says what to install.
set -eu

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ -n "${PYTHON:-}" ]; then
    usable "$PYTHON" || { echo "PYTHON=$PYTHON is missing or older than Python 3.11." >&2; exit 1; }
    exec "$PYTHON" "$@"
fi
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if usable "$name"; then exec "$name" "$@"; fi
done
echo "Python 3.11 or newer is missing: install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: python.org or Homebrew), or name one with PYTHON=…" >&2
exit 1
