"""The sample report with its pictures, drawn once for all who read it."""

import pytest

from reports.quarterly.content import Report
from tests.reports.sample import Album, sample


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Album]:
    return sample(tmp_path_factory.mktemp("album"))
