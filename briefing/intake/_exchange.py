"""What is asked of the network and what comes back; no package is loaded for it."""

from msgspec import Struct

from briefing.errors import InputError
from briefing.intake._normalize import printable
from briefing.models import Blob


class Request(Struct, frozen=True):
    """An address to read, and what its server said of the version that is already known.

    `subscribed`: the user named the address, so its host may be a private one; what an entry names may not be.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    subscribed: bool = True


class Reply(Struct, frozen=True):
    """What stands at an address; without a blob it is what is already known (304 Not Modified).

    `etag` and `modified` go into the next Request. `moved_to` is where the address has moved to for good: all
    redirects on the way were permanent ones. No address here has a name and a password in it.
    """

    blob: Blob | None
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None


class FetchError(InputError):
    """Why an address cannot be had; the server's status, and the seconds after which it wants to be asked again."""

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(printable(message))
        self.status = status
        self.retry_after = retry_after

    @property
    def gone(self) -> bool:
        """Tell whether the server says that there will never be anything again (410)."""
        return self.status == 410
