"""The error of a command that could not do what was asked."""

from typer import TyperException


class Failure(TyperException):
    """Printed as one line. `exit_code` is 1, or 2 if the command line was wrong."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
