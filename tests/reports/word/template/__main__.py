"""`python -m tests.reports.template`."""

from reports.word import BUNDLED
from tests.reports.template.package import make

BUNDLED.write_bytes(make())
