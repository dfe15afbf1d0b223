"""Answers to plain questions, a module for each kind. Which topics there are: `spanish.reading.questions`."""
