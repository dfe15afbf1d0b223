"""A quarter's end: what is owed, what is stated, signed and reopened."""
