"""Texts after a reply that corrects a registered activity."""


def offered(activity_id: int) -> str:
    return f"✏️ Así quedaría la n.º {activity_id} con lo que me dice. ¿La corrijo?"


def says_so_already(activity_id: int) -> str:
    return f"La n.º {activity_id} ya lo dice así; no hay nada que corregir. /actividad_{activity_id}"
