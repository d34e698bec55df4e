"""The folders that the platform gives to a user's settings."""

import os
import sys


def configuration_folder() -> str:
    """Return the folder in which the platform keeps a user's settings for us."""
    if sys.platform == "linux":
        # What platformdirs does there, too (XDG Base Directory Specification: a relative path does not count); its
        # import is half a start of Python.
        home = os.environ.get("XDG_CONFIG_HOME", "")
        return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.config"), "briefing")
    from platformdirs import user_config_dir

    return user_config_dir("briefing", appauthor=False)
