"""The former name of `tests.support.database.bundled`."""

from tests.support.database.bundled import *  # noqa: F403
