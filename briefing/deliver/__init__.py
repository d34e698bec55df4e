"""Issues out: files, and messages by the ways in `ways/`; whoever calls decides what goes, to whom and when."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.deliver.ways import Deliver, Password
    from briefing.settings import Mail


def connect(mail: "Mail", environment: Mapping[str, str]) -> AbstractContextManager["Deliver"]:
    """Return the configured way out, which opens at its first message; its password is asked for once, when needed."""
    from briefing.deliver import ways

    return ways.connect(mail, _remembered(mail, environment))


def check(mail: "Mail", environment: Mapping[str, str]) -> str | None:
    """Try everything but sending and return what works, None where no mail is configured.

    Raises UsageError or DeliveryError that says what does not work and what to do.
    """
    from briefing.deliver import ways

    return ways.check(mail, _remembered(mail, environment)) if mail.smtp else None


def _remembered(mail: "Mail", environment: Mapping[str, str]) -> "Password":
    """Return what finds the password, and remembers it: a connection that is opened again asks nobody."""
    from briefing.deliver._password import find_password

    return cache(partial(find_password, mail, environment))
