"""`manage.py run_scheduler`: each job at its time, whatever the others do."""

import os
import re
import signal
import subprocess
import sys
import time as clock
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import get_commands, load_command_class

from operations.jobs import DAY, JOBS, MINUTE, Job

WARSAW = ZoneInfo("Europe/Warsaw")
FIVE = Job(("x",), every=5 * MINUTE, limit=MINUTE)
NIGHTLY = Job(("x",), at=time(3, 10), limit=MINUTE)
SUNDAYS = Job(("x",), at=time(3, 40), weekday=6, limit=MINUTE)


@pytest.mark.parametrize(
    ("job", "now", "moment"),
    [
        (FIVE, "2026-11-30 09:04:59", "2026-11-30 09:00"),
        (FIVE, "2026-11-30 09:05:00", "2026-11-30 09:05"),
        (NIGHTLY, "2026-11-30 03:09", "2026-11-29 03:10"),
        (NIGHTLY, "2026-11-30 03:10", "2026-11-30 03:10"),
        (NIGHTLY, "2026-10-25 12:00", "2026-10-25 03:10"),  # the clock was put back in this night
        (SUNDAYS, "2026-11-29 03:39", "2026-11-22 03:40"),
        (SUNDAYS, "2026-12-02 12:00", "2026-11-29 03:40"),
    ],
)
def test_every_machine_names_the_same_moment_for_a_job(job: Job, now: str, moment: str) -> None:
    assert job.moment(datetime.fromisoformat(now).replace(tzinfo=WARSAW)) == datetime.fromisoformat(moment).replace(
        tzinfo=WARSAW
    )


@pytest.mark.parametrize("night", ["2026-10-25", "2027-03-28"])
def test_where_clocks_are_changed_in_the_night_a_job_is_due_once(night: str) -> None:
    """At 2:15, which is there twice in the one night, and never in the other."""
    midnight = datetime.fromisoformat(night).replace(tzinfo=WARSAW).astimezone(UTC)
    job = Job(("x",), at=time(2, 15), limit=MINUTE)
    moments = [job.moment((midnight + minute * MINUTE).astimezone(WARSAW)) for minute in range(6 * 60)]
    assert len([new for old, new in pairwise(moments) if new != old]) == 1


def test_each_job_is_a_command_that_takes_what_the_table_says() -> None:
    for job in JOBS:
        name = job.command[0]
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(job.command[1:])
        assert timedelta() < job.limit < DAY
    assert len({job.name for job in JOBS}) == len(JOBS), "by its name a job keeps another machine from doing it too"


PROGRAM = """
import sys, signal
from datetime import timedelta
sys.path.insert(0, {root!r})
import django
django.setup()
from operations.jobs import Job, job_ended
from operations import scheduler
scheduler.END_WITHIN, scheduler.LOOK_EVERY = timedelta(seconds=0.5), 0.1

def shell(name, code, limit=600, seconds=1):
    command = ("shell", "--no-imports", "--command", code)
    return Job(command, limit=timedelta(seconds=limit), every=timedelta(seconds=seconds))

def told(sender, succeeded, **_more):
    print("told", sender.command[-1], succeeded, flush=True)

job_ended.connect(told)
works = scheduler.Scheduler([
    Job(("no_such_command",), limit=timedelta(seconds=9), every=timedelta(seconds=9999)),
    shell("hangs", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(999)", 1, 9999),
    shell("says no", "raise SystemExit(5)", seconds=9999),
    shell("good", "print('good', flush=True)", seconds=0.5),
])
signal.signal(signal.SIGTERM, works.end)
works.run()
print("ended", len(works.running), flush=True)
"""


def test_a_job_that_fails_or_hangs_leaves_the_others_alone(project_root: Path, tmp_path: Path) -> None:
    """A hanging one that doesn't mind SIGTERM is killed; SIGTERM ends the scheduler with nothing left behind."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(root=str(project_root)))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "site_config.settings", "DEBUG": "1", "DATABASE_URL": ""}
    running = subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = ""
    try:
        end = clock.monotonic() + 60
        assert running.stdout
        while said.rpartition("cut off")[2].count("\ngood") < 3 or "cut off" not in said:  # by then it is killed
            assert clock.monotonic() < end, said
            said += running.stdout.readline()
    finally:
        running.send_signal(signal.SIGTERM)
    said += running.communicate(timeout=30)[0]
    assert running.returncode == 0
    assert "ended 0" in said
    assert said.count("\ngood") > 1, said
    assert "no_such_command failed" in said
    assert "status 5" in said
    assert re.search(r"shell is cut off: .* 0:00:01", said)
    assert "told no_such_command False" in said and "told print('good', flush=True) True" in said
    assert "told raise SystemExit(5) False" in said
