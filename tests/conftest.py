"""What holds for every test: a quiet environment, hypothesis without a clock, and skips that a full machine forbids."""

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# A slow machine is no wrong answer; and a failure of yesterday must come again today, so examples follow from the test.
settings.register_profile("briefing", deadline=None, derandomize=True)
settings.load_profile("briefing")

NOBODY = 65534  # the user without rights

# Programs whose package has another name, for the line that says why a test was skipped.
DEBIAN_PACKAGES = {
    "dovecot": "dovecot-imapd",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "systemd-analyze": "systemd",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the golden files and the README's help anew; the change is read in the diff."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files and the README's help anew")


def pytest_configure(config: pytest.Config) -> None:
    """Explain the markers of this suite."""
    config.addinivalue_line("markers", "needs(program): skipped, by name, where the program is not installed")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is missing and name the package to install."""
    for marker in item.iter_markers("needs"):
        program = marker.args[0]
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: {DEBIAN_PACKAGES.get(program, program)})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where BRIEFING_NO_SKIP is set: continuous integration has every part."""
    return forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for whole files that skip themselves."""
    return forbid_skip((yield))


def forbid_skip(report: Report) -> Report:
    """Return the report, failed if it is a skip that may not be."""
    # An expected failure reports itself as skipped too, and is none.
    if os.environ.get("BRIEFING_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where BRIEFING_NO_SKIP allows none: {skip_reason(report)}"
    return report


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped."""
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder in which other users may look: pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def ordinary_user() -> Callable[[], AbstractContextManager[None]]:
    """Return what makes this process an ordinary user's inside a `with`, where root may read everything."""

    @contextmanager
    def become() -> Iterator[None]:
        mine = os.geteuid()
        if mine == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(mine)

    return become


@pytest.fixture(scope="session", autouse=True)
def _quiet_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's settings, clock, proxies and terminal out of the tests."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith("BRIEFING_") and each != "BRIEFING_NO_SKIP"]:
            patch.delenv(name)
        for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PAGER"):
            patch.delenv(name, raising=False)
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield
