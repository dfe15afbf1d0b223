"""Agreement of code, documents and tests with the project's conventions."""
