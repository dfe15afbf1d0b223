"""The former name of `tests.support.phones.conversation`."""

from tests.support.phones.conversation import *  # noqa: F403
