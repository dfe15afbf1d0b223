"""`python -m bot`: runs a command. Errors are printed as one line without secrets, never as a traceback."""

import logging
import os
import sys
from typing import NoReturn
from zoneinfo import ZoneInfoNotFoundError

if sys.argv[1:2] == ["health"] and "--help" not in sys.argv:
    # Checked every half minute: without the rest of the program, it takes a tenth of the time.
    from bot.health import main as check_health

    sys.exit(check_health(sys.argv[2:]))

from bot import gc_tuning, terminal
from bot.storage import private

with gc_tuning.put_aside():
    import typer
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError
    from typer.exceptions import TyperException

    from bot.commands.cli import app
    from bot.settings import at_fault
    from models.operations.migrating import NewerTables
    from models.storage.sqlite_file.file_identity import DatabaseGone

log = logging.getLogger(__name__)


def main() -> None:
    private.begin()
    with terminal.plain():
        _run()


def _run() -> NoReturn:
    try:
        code = app(standalone_mode=False, prog_name="python -m bot")
    except TyperException as error:
        _fail(error.format_message().replace("Value error, ", ""), error.exit_code)
    except typer.Abort:
        _fail("stopped, nothing was changed")
    except ValidationError as error:
        _fail(at_fault(error))
    except DBAPIError as error:
        _fail(f"the database: {error.orig}")
    except NewerTables as error:
        _fail(f"{error}; update this one, or restore a backup that it made")
    except DatabaseGone as error:
        _leave(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ZoneInfoNotFoundError:
        _fail("there is no time zone data on this machine; install tzdata: python -m bot doctor")
    except Exception as error:
        if logging.getLogger().handlers:  # the bot runs: its log gets the traceback, without the token
            log.critical("The program ends", exc_info=error)
        _fail(f"a fault of Avance itself: {type(error).__name__}")
    sys.exit(code)


def _fail(sentence: str, exit_code: int = 1) -> NoReturn:
    _say(sentence)
    sys.exit(exit_code)


def _leave(sentence: str) -> NoReturn:
    """Exit without closing the database: closing would let SQLite write its log into another file."""
    _say(sentence)
    sys.stdout.flush()
    os._exit(1)


def _say(sentence: str) -> None:
    typer.echo(f"error: {sentence.strip().splitlines()[0]}", err=True)


if __name__ == "__main__":
    main()
