"""The former name of `tests.support.phones.stage`."""

from tests.support.phones.stage import *  # noqa: F403
