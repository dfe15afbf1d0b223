"""Makes every table known to SQLModel's metadata."""

from importlib import import_module
from pkgutil import walk_packages

from sqlmodel import SQLModel

from models import tables

VERSION = "alembic_version"  # which migration the tables are of


def load() -> None:
    """Import every module that defines a table."""
    for module in walk_packages(tables.__path__, f"{tables.__name__}."):
        import_module(module.name)


def names() -> set[str]:
    """Every table that the program knows; after `load`."""
    return {*SQLModel.metadata.tables, VERSION}
