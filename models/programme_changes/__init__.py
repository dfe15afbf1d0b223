"""The programme changed: a file imported, a target adjusted, what was counted before."""
