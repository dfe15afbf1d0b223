"""The context of a command: an open, migrated database with a programme, and the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot import clock
from bot.failure import Failure
from bot.settings import Settings
from bot.storage import key_file
from models.operations.migrating import migrate
from models.programme.view import DEFAULT_ZONE, Programmes, UnitView, programmes
from models.storage import keys
from models.storage.audit import UNREADABLE
from models.storage.database import connect, transaction
from spanish.writing.folding import fold


@dataclass(frozen=True)
class CliContext:
    """Settings, engine, the time in UTC, and `today` in the programme's time zone."""

    settings: Settings
    engine: Engine
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


@contextmanager
def open_database(load_programme: bool = True) -> Iterator[CliContext]:
    """Open and migrate the database of the settings; load `PROGRAMME` if it has no programme.

    Raises `Failure`, and `pydantic.ValidationError` for invalid settings.
    """
    settings = Settings()
    with connect_only(settings) as engine:
        keys.bind(engine, key_file.read_or_make(settings.data_dir))
        migrate(engine)
        now = clock.starting(settings.pretend_now, DEFAULT_ZONE).now()
        known = _programmes(engine, load_programme)
        if load_programme and not known.years:
            known = load_first(engine, settings, now)
        yield CliContext(settings, engine, now, known.zone)


def _programmes(engine: Engine, needed: bool) -> Programmes:
    """Return the programmes, or None if unreadable and not needed. Raises `Failure` otherwise."""
    try:
        with transaction(engine) as session:
            return programmes(session)
    except UNREADABLE as error:
        if needed:
            raise Failure(
                f"the stored programme cannot be read ({type(error).__name__}): python -m bot audit --tables "
                "says what was altered"
            ) from error
        return Programmes({})


@contextmanager
def connect_only(settings: Settings) -> Iterator[Engine]:
    """Connect to the database of the settings without migrating it. Raises `Failure`."""
    try:
        engine = connect(settings.database)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise Failure("DATABASE_URL is not understood; write it like postgresql+psycopg://…") from None
    try:
        yield engine
    finally:
        engine.dispose()


def named_unit(known: Programmes, said: str) -> UnitView:
    """Return the unit with that key, name or alias in the newest programme that has it. Raises `Failure`."""
    units = {unit.key: unit for year in sorted(known.years) for unit in known.years[year].units}
    for unit in reversed(units.values()):
        if fold(said) in map(fold, (unit.key, unit.name, *unit.aliases)):
            return unit
    raise Failure(f"there is no unit {said!r}; the units are {', '.join(units)}", exit_code=2)


def unit_of(context: CliContext, said: str) -> UnitView:
    """Return the unit with that key, name or alias in the context's database. Raises `Failure`."""
    with transaction(context.engine) as session:
        return named_unit(programmes(session), said)


def load_first(engine: Engine, settings: Settings, now: datetime) -> Programmes:
    """Load the file of `PROGRAMME` into a database that has no programme. Raises `Failure`."""
    # Imported here: most commands find a programme, and the modules that read a file are large.
    from models.programme_changes import importing as programme_import

    try:
        with transaction(engine) as session:
            programme_import.ensure_loaded(session, settings.programme, now)
            return programmes(session)
    except OSError as error:
        raise Failure(f"PROGRAMME cannot be read: {settings.programme}: {error.strerror}") from None
    except programme_import.UnsoundProgramme as error:
        raise Failure(f"PROGRAMME has errors: {error}") from None
