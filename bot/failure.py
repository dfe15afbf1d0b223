"""Why a command could not do what was asked."""

from typer import TyperException


class Failure(TyperException):
    """One line for whoever runs the program. `exit_code`: 1, or 2 where the command was written wrongly."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
