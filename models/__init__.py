"""The database, and the rules of the domain: programme, activities, progress, quarters, rights, audit."""

from models import timezones

timezones.prefer_packaged()  # here, as all modules that use a zone import from this package
