"""The commands of `python -m bot`. Large modules are imported inside the functions that use them.

Errors are one line on standard error: exit code 1, or 2 if the command line was wrong.
"""

import asyncio
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bot import gc_tuning
from bot.cli_context import named_unit, open_database
from bot.commands.backup_command import Identity, backup_app
from bot.commands.chain_commands import chain_app
from bot.commands.person_command import person_app
from bot.commands.programme_commands import programme_app
from bot.commands.report_commands import report_app
from bot.failure import Failure
from models.tables.people import Role

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Avance: activities against an annual work programme, by Telegram.",
)
app.add_typer(programme_app, name="programme")
app.add_typer(report_app, name="report")
app.add_typer(person_app, name="person")
app.add_typer(backup_app)
app.add_typer(chain_app)

DEMO_PACKAGES = ("python_multipart",)  # of the group local-telegram in pyproject.toml

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
UnitKey = Annotated[str | None, typer.Argument(metavar="[UNIT]", help="A unit's key; all units without it.")]


@app.command()
def run() -> None:
    """Run the bot; without TELEGRAM_TOKEN, the local demo."""
    from bot.settings import Settings

    settings = Settings()
    if not settings.telegram_token.get_secret_value():
        _run_demo(with_first_quarter=False, port=None)
        return
    with gc_tuning.put_aside():
        from telegram.error import InvalidToken

        from bot import app as program
        from bot import log
        from bot.storage.single_instance import LockLost
        from bot.telegram.incoming.webhook_intake import WebhookRefused

    secrets = (
        settings.telegram_token.get_secret_value(),
        settings.secret_of_webhook,
        settings.heartbeat_url.get_secret_value(),
        settings.metrics_token.get_secret_value(),
    )
    log.set_up(settings.log_level, settings.log_format, *secrets)
    try:
        asyncio.run(program.run(settings))
    except InvalidToken:
        raise Failure("Telegram does not know this TELEGRAM_TOKEN; copy it again from @BotFather") from None
    except LockLost as error:
        raise Failure(f"{error}; start the bot again") from None
    except WebhookRefused as error:
        raise Failure(f"Telegram refuses WEBHOOK_URL: {error}") from None
    except asyncio.CancelledError:
        return  # SIGTERM: it was stopped in order


@app.command()
def demo(
    with_first_quarter: Annotated[
        bool, typer.Option("--with-first-quarter", help="Play the whole first quarter of 2024, day by day.")
    ] = False,
    port: Annotated[int | None, typer.Option(help="The page's port; PORT without it.")] = None,
) -> None:
    """A local Telegram with phones on a page, and the real bot behind them."""
    _run_demo(with_first_quarter, port)


@app.command()
def invite(
    role: Annotated[Role | None, typer.Option(help="What the person will be.")] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="KEY", help="For staff and director: their unit.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the person will be called.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the open invitations.")] = False,
    revoke: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="End an open invitation: its code works no more.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an invitation: a code, a link and a QR, good once and for seven days."""
    from bot.commands import invitation_command
    from models.programme.view import programmes
    from models.storage.database import transaction

    if [role is not None, listed, revoke is not None].count(True) != 1:
        raise Failure("give one of --role, --list and --revoke", exit_code=2)
    with open_database() as context:
        if role is None:
            typer.echo(invitation_command.opened(context, revoke, as_json))
            return
        with transaction(context.engine) as session:
            chosen = named_unit(programmes(session), unit) if unit else None
        typer.echo(invitation_command.make(context, role, chosen, name, as_json))


@app.command()
def pin(
    name: Annotated[str, typer.Argument(metavar="PERSON", help="A person's name, or their number.")],
) -> None:
    """Take a person's PIN away, so that they set a new one: for the last one of planning, above all."""
    from bot.commands import pin_command

    with open_database() as context:
        typer.echo(pin_command.take_away(context, name))


@app.command()
def progress(
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="[UNIT]", help="A unit's key, all units without it; with --all, databases."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="A day, like 2024-03-31; today without it.")
    ] = None,
    several: Annotated[
        bool, typer.Option("--all", help="Of several agencies: name their databases, files or addresses.")
    ] = False,
    listed_in: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="With --all: a text with a database a line.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the programme's progress on a day."""
    day = _day(on) if on else None
    if several:
        _progress_of_agencies(named or [], listed_in, day, as_json)
    elif listed_in is not None:
        raise Failure("--list goes with --all", exit_code=2)
    elif len(named or []) > 1:
        raise Failure("name one unit, or none for all of them; --all is for several databases", exit_code=2)
    else:
        _progress(named[0] if named else None, day, as_json)


def _progress_of_agencies(named: list[str], listed_in: Path | None, day: date | None, as_json: bool) -> None:
    from bot import clock
    from bot.commands import agencies, listing
    from bot.settings import Settings
    from models.programme.view import DEFAULT_ZONE

    found = agencies.places(named, listed_in)
    shape = agencies.told(found, day, clock.starting(Settings().pretend_now, DEFAULT_ZONE).now())
    typer.echo(listing.as_text(shape) if as_json else agencies.as_text(shape))
    if shape["unreadable"]:
        raise Failure(f"{len(shape['unreadable'])} of {len(found)} databases cannot be read")


def _progress(unit: str | None, on: date | None, as_json: bool) -> None:
    from bot.commands import listing
    from handlers.progress.progress_json import as_json as shape_of
    from models.programme.view import programmes
    from models.progress import progress as progress_model
    from models.quarter import Quarter
    from models.storage.database import transaction

    with open_database() as context, transaction(context.engine) as session:
        day = on or context.today
        known = programmes(session)
        programme = known.of(day)
        if programme is None:
            years = ", ".join(map(str, known.years))
            raise Failure(f"there is no programme for {day.year}, only for {years}")
        chosen = programme.unit(named_unit(known, unit).id) if unit else None
        if unit and chosen is None:
            raise Failure(f"{unit} is not in the programme of {day.year}")
        shape = shape_of(progress_model.progress(session, programme, Quarter.of(day), day, chosen))
    typer.echo(listing.as_text(shape) if as_json else listing.progress_text(shape))


@app.command()
def activities(
    unit: UnitKey = None,
    quarter: Annotated[
        str | None, typer.Option(metavar="2024-T1", help="Only those whose last day is in that quarter.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Every activity registered, withdrawn ones too."""
    from bot.commands import listing
    from models.activities.listing import listing as listed
    from models.programme.view import programmes
    from models.quarter import Quarter
    from models.storage.database import transaction

    with open_database() as context, transaction(context.engine) as session:
        try:
            asked = Quarter.parse(quarter) if quarter else None
        except ValueError as error:
            raise Failure(str(error), exit_code=2) from None
        chosen = named_unit(programmes(session), unit) if unit else None
        shape = listing.activities_shape(listed(session, chosen.id if chosen else None, asked))
    typer.echo(listing.as_text(shape) if as_json else listing.activities_text(shape))


@app.command()
def health(as_json: AsJson = False) -> None:
    """Whether a bot runs on the database; exit code 1 if not. Asks the database alone."""
    from bot.health import main

    raise typer.Exit(main(["--json"] if as_json else []))


@app.command()
def doctor(
    everything: Annotated[
        bool,
        typer.Option("--all", help="Compare every file of evidence, and every row with the audit chain."),
    ] = False,
    upgrade: Annotated[
        Path | None,
        typer.Option(metavar="BACKUP", help="Try this version on a backup, in a scratch database, instead."),
    ] = None,
    identity: Identity = None,
    scratch: Annotated[
        str | None,
        typer.Option(metavar="URL", help="With --upgrade: an empty database to use, emptied afterwards."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look whether all is well, and say what to do where it is not; exit code 1 then."""
    from bot.commands import listing
    from bot.doctor.examination import examine
    from bot.doctor.upgrade import rehearse_upgrade
    from bot.settings import Settings

    if upgrade is not None:
        checks = rehearse_upgrade(upgrade, identity, scratch, Settings().data_dir)
    else:
        checks = examine(everything)
    wrong = [check for check in checks if check.ok is False]
    if as_json:
        typer.echo(listing.as_text({"well": not wrong, "checks": [vars(check) for check in checks]}))
    else:
        typer.echo("\n".join(map(str, checks)))
    if wrong:
        raise Failure(f"{len(wrong)} of {len(checks)} are not well: {', '.join(each.name for each in wrong)}")


def _run_demo(with_first_quarter: bool, port: int | None) -> None:
    if missing := [name for name in DEMO_PACKAGES if find_spec(name) is None]:
        raise Failure(
            f"the demo needs {', '.join(missing)}; start it with make run, or set TELEGRAM_TOKEN for the bot"
        )
    from bot import log
    from bot.demo import demo as local
    from bot.settings import Settings

    settings = Settings()
    log.set_up(settings.log_level, settings.log_format, settings.telegram_token.get_secret_value())
    local.run(settings, with_first_quarter, port)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(f"not a day: {text!r}; write it like 2024-03-31", exit_code=2) from None
