"""How much of files of messages and questions is understood, for `python -m spanish.reading`."""
