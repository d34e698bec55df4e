"""A browser for the tests: Debian's Chromium driven by Playwright, with axe-core brought in."""

import shutil
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = shutil.which("chromium")  # not one that Playwright would download

# A test's browser talks to nobody: not to Debian's start page, not to the maker's services.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
# Only what is wrong comes back, a line a mistake: the full report holds a megabyte of what is right.
RUN_AXE = """rules => axe.run(rules.length ? { runOnly: rules } : {}).then(report => report.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright; it is started once."""
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=PROGRAM, args=QUIET) as browser:
        yield browser


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """One tab for one page after the other."""
    return browser.new_page()


def mistakes(tab: Page, scheme: Literal["light", "dark"], rules: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds wrong with the open page in a color scheme, by all its rules or by some."""
    tab.emulate_media(color_scheme=scheme)
    found: list[str] = tab.evaluate(RUN_AXE, list(rules))
    return found


def load_axe(tab: Page) -> None:
    """Bring axe-core into the open page; a package for Python carries it."""
    tab.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
