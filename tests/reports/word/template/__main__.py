"""`python -m tests.reports.word.template`."""

from reports.word import BUNDLED
from tests.reports.word.template.package import make

BUNDLED.write_bytes(make())
