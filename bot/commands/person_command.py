"""`python -m bot person`: corrects a person's name, and forgets a person."""

from typing import Annotated

import typer

from bot.failure import Failure

person_app = typer.Typer(help="People: correct a name, forget a person.")

Whom = Annotated[str, typer.Argument(metavar="PERSON", help="A person's name, or their number.")]


@person_app.command()
def rename(
    person: Whom, name: Annotated[str, typer.Argument(metavar="NAME", help="The name as it should be.")]
) -> None:
    """Correct a person's name."""
    from bot.cli_context import open_database
    from bot.commands.named_person import find
    from models.errors import Rejected
    from models.people import roster
    from models.storage.database import transaction

    with open_database(load_programme=False) as context, transaction(context.engine) as session:
        found = find(session, person)
        try:
            before = roster.rename(session, found.id or 0, name, "command line", context.now)
        except Rejected as refused:
            reasons = {"name_unseen": "nothing of that name can be seen", "same_name": "that is the name"}
            raise Failure(reasons.get(refused.reason, refused.reason), exit_code=2) from None
    typer.echo(f"{before} is now called {found.name}.")


@person_app.command()
def forget(
    person: Whom,
    also: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another spelling, a former or Telegram name; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a person's name and Telegram account out of the database, for good; what they did stays."""
    from bot.cli_context import open_database
    from bot.commands.named_person import find
    from models.errors import Rejected
    from models.operations import forgetting
    from models.storage.database import transaction

    with open_database(load_programme=False) as context:
        with transaction(context.engine) as session:
            found = find(session, person)
            number, name = found.id or 0, found.name
        if not yes:
            typer.confirm(f"{name} (number {number}) is forgotten for good. Forget this person?", abort=True)
        with transaction(context.engine) as session:
            try:
                done = forgetting.forget(session, number, None, context.now, tuple(also or ()))
            except Rejected as refused:
                if refused.reason == "last_planning":
                    raise Failure("nobody else is in planning; invite somebody first") from None
                raise Failure(f"person {number} was forgotten already") from None
    typer.echo(
        f"Person {done.number} was forgotten: the name stood in {done.texts} texts, and {done.entries} "
        "entries of the audit chain were erased. Backups made before still have the name: see "
        "docs/operating.md."
    )
