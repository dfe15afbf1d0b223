"""The Bot API over HTTP: its methods, their parameters, and the downloads of files."""
