"""Makes a table refuse rows, by a trigger in the database, on either engine."""

from sqlalchemy import Engine, text


def refuse(engine: Engine, table: str, what: str = "INSERT", when: str = "") -> None:
    """Let the table refuse rows (`what`: INSERT or UPDATE; `when`: an SQL condition on the new row)."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text(
                    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'refused'; END $$"
                )
            )
            condition = f"WHEN ({when})" if when else ""
            made = f"BEFORE {what} ON {table} FOR EACH ROW {condition} EXECUTE FUNCTION refuse()"
        else:
            condition = f"WHEN {when}" if when else ""
            made = f"BEFORE {what} ON {table} {condition} BEGIN SELECT RAISE(ABORT, 'refused'); END"
        connection.execute(text(f"CREATE TRIGGER refusing {made}"))


def allow(engine: Engine, table: str) -> None:
    """Remove the trigger."""
    on = f" ON {table}" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER refusing{on}"))
