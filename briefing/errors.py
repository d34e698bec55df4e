"""The errors that users can cause or mend. Each message says what, which one and what to do.

BriefingError
├── UsageError         a wrong option, argument or name          exit 2
│   └── ConfigError    a mistake in briefing.toml                exit 2
├── InputError         an input that cannot be read              exit 1; inside a run it becomes a Problem
├── RenderError        a format that cannot be written           exit 3 beside others, else 1
│   └── TemplateError  a mistake in a template, with file and line
└── DeliveryError      a message that did not go out             exit 5
"""


class BriefingError(Exception):
    """Parent of every error that ends in one line for the user; `exit_code` is the command's."""

    exit_code = 1


class UsageError(BriefingError):
    """An option, argument or name that does not exist or does not fit."""

    exit_code = 2


class ConfigError(UsageError):
    """A mistake in the configuration; the message names file and key."""


class InputError(BriefingError):
    """An input that cannot be read; readers turn it into a Problem."""


class RenderError(BriefingError):
    """A format that cannot be written here and now; the other formats go on."""


class TemplateError(RenderError):
    """A mistake in a template; the message names file and line."""


class DeliveryError(BriefingError):
    """A message that did not go out; what was built stays."""

    exit_code = 5
