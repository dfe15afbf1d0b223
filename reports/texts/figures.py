"""The list of tables and photographs after the contents."""

LONGEST = 92  # characters of a caption in the list


def shortened(caption: str) -> str:
    """Return the caption as the list has it: whole words, and «…» where it goes on."""
    if len(caption) <= LONGEST:
        return caption
    return f"{caption[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
