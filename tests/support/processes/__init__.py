"""Bots as processes of their own, which can be killed, cut off or replaced."""
