"""Issues and their articles as the archive keeps them: not every reader has the JSON beside the pages."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefing.models import Briefing, Document, fingerprint

if TYPE_CHECKING:
    from briefing.archive.issues import Issue


def find(profile: str, issue: str, today: date) -> Briefing | None:
    """Return a profile's issue by a date, `today`, `yesterday`, `-1` (the last but one) or `latest`; None for none."""
    from briefing.archive import issues
    from briefing.archive._database import FILE_NAME, data_folder, open_archive

    if not (data_folder() / FILE_NAME).exists():
        return None
    with open_archive() as connection:
        found = _find(connection, profile, issue, today)
        return issues.briefing_of(connection, found) if found else None


def _find(connection: sqlite3.Connection, profile: str, issue: str, today: date) -> "Issue | None":
    """Return the row of an issue."""
    from briefing.archive import issues

    found = issues.newest(connection, profile)
    if re.fullmatch("-[0-9]+", issue):
        for _ in range(int(issue[1:])):
            found = found and issues.newest(connection, profile, up_to=_before(found.date))
    elif issue != "latest":
        day = str({"today": today, "yesterday": today - timedelta(days=1)}.get(issue, issue))
        found = issues.newest(connection, profile, up_to=day)
        return found if found and found.date == day else None
    return found


def _before(day: str) -> str:
    return str(date.fromisoformat(day) - timedelta(days=1))


def articles(briefing: Briefing) -> Iterator[Document]:
    """Yield those articles of an issue that the archive has with the text of which it was made."""
    from briefing.archive._database import FILE_NAME, data_folder, open_archive
    from briefing.archive.articles import get_documents

    if (data_folder() / FILE_NAME).exists():
        with open_archive() as connection:
            for document in get_documents(connection, briefing.articles):
                if fingerprint(document.text) == briefing.articles[document.id].sha256:
                    yield document
