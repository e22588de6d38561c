"""`make audit`: known weaknesses, licences and a bill of materials (SBOM) of all packages that the site runs with.

Works in environments of its own, so .venv stays as it is. Writes var/audit/: licences.txt, sbom.cdx.json (CycloneDX)
and weaknesses.json. Ends with 1 where a package has a known weakness or a licence that may not come in, and with 2
where not all of them could be asked about: the service of PyPI, or OSV (SERVICE=osv), has to be reached for that.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from console import Steps, note, stop
from environment import REQUIREMENTS, VAR
from licences import SETS, locked

RESULTS = VAR / "audit"
LOCKS = [str(REQUIREMENTS / f"{name}.txt") for name in SETS]


def environment(folder: str, *locks: str) -> Path:
    """Makes a virtual environment with what is locked; returns its folder of programs."""
    programs = Path(folder) / "bin"
    pip: list[str | Path] = [programs / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    for command in ([sys.executable, "-m", "venv", folder], [*pip, *(word for lock in locks for word in ("-r", lock))]):
        if subprocess.run(command).returncode:
            stop("The packages could not be installed: the reason is above.")
    return programs


def main() -> None:
    step = Steps(5)
    RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site, tempfile.TemporaryDirectory() as tools:
        step("The site's packages, in an environment of their own")
        python = environment(site, *LOCKS) / "python"
        tools_of_venv = {"pip", "setuptools"} - set(locked())  # no part of the site
        subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", *tools_of_venv])
        step("pip-audit and CycloneDX, in another one")
        programs = environment(tools, str(REQUIREMENTS / "audit.txt"))
        step("Licences: var/audit/licences.txt")
        with (RESULTS / "licences.txt").open("w") as file:
            licences = subprocess.run([python, Path(__file__).with_name("licences.py")], stdout=file).returncode
        step("Bill of materials: var/audit/sbom.cdx.json")
        bill: list[str | Path] = [
            programs / "cyclonedx-py",
            "environment",
            "--output-reproducible",
            "--gather-license-texts",
        ]
        if subprocess.run([*bill, "--output-file", RESULTS / "sbom.cdx.json", python]).returncode:
            stop("The bill of materials could not be written: the reason is above.")
        step("Known weaknesses: var/audit/weaknesses.json")
        weak = _ask_for_weaknesses(programs)
    if weak == "unknown":
        note("Not all packages could be asked about: the reasons are above, or in var/audit/weaknesses.json.")
        note("Ask again where the service can be reached, or another one: make audit SERVICE=osv")
    sys.exit(1 if licences or weak == "found" else 2 if weak == "unknown" else 0)


def _ask_for_weaknesses(programs: Path) -> str:
    result = RESULTS / "weaknesses.json"
    result.unlink(missing_ok=True)
    command: list[str | Path] = [
        programs / "pip-audit",
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    ]
    command += ["--vulnerability-service", os.environ.get("SERVICE") or "pypi", "--format", "json", "--output", result]
    subprocess.run([*command, *(word for lock in LOCKS for word in ("-r", lock))])
    return verdict(json.loads(result.read_text())) if result.exists() else "unknown"


def verdict(report: dict[str, Any]) -> str:
    """`found`, `none`, or `unknown`: pip-audit passes over what the service doesn't know, and says that all is well."""
    if any(package.get("vulns") for package in report["dependencies"]):
        return "found"
    return "unknown" if any("skip_reason" in package for package in report["dependencies"]) else "none"


if __name__ == "__main__":
    main()
