"""The sample report with its pictures, and as a Word document, made once per run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reports import word
from reports.quarterly.content import Report
from tests.reports.samples.sample import Album, sample


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Album]:
    return sample(tmp_path_factory.mktemp("album"))


@pytest.fixture(scope="session")
def report(sampled: tuple[Report, Album]) -> Report:
    return sampled[0]


@pytest.fixture(scope="session")
def pictures(sampled: tuple[Report, Album]) -> Callable[[str], Path]:
    return sampled[1].place


@pytest.fixture(scope="session")
def in_word(report: Report, pictures: Callable[[str], Path]) -> bytes:
    return word.render(report, pictures)
