"""The form of the log's lines (`LOG_FORMAT`), without personal data in either.

The log of sign-ins is the one that says where somebody comes from: fail2ban reads it (docs/operators.md).
"""

import json
import logging
import sys
from datetime import UTC, datetime
from types import TracebackType

from operations.personal_data import without_personal_data
from operations.request_context import request_id, task_id

log = logging.getLogger(__name__)

WITH_ADDRESSES = "accounts.sign_in_log"


def write_what_nobody_caught() -> None:
    """A command that an error ends says so in the log too: as a line of its form, and to whom errors are told."""
    sys.excepthook = uncaught


def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        log.critical("%s ended by an error", " ".join(sys.argv[:2]), exc_info=(kind, error, trace))
    else:  # somebody pressed Ctrl+C
        sys.__excepthook__(kind, error, trace)


class PlainFormatter(logging.Formatter):
    """Time, level, who says it, what."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line if record.name == WITH_ADDRESSES else without_personal_data(line)


class JsonFormatter(logging.Formatter):
    """One object a line. Only what is named here: `extra` holds requests, and whatever libraries put there."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message if record.name == WITH_ADDRESSES else without_personal_data(message),
            "process": record.process,
            "request_id": request_id.get(),
            "task_id": task_id.get(),
        }
        if record.exc_info:
            line["error"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)
