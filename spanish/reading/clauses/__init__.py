"""What is said of what: the clauses of a text, their predicates, and how far each has come."""
