"""What is stored and what is true."""

from models import timezones

timezones.prefer_packaged()  # here, since whatever reads a zone has imported some of this package
