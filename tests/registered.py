"""The former name of `tests.support.database.registered_activities`."""

from tests.support.database.registered_activities import *  # noqa: F403
