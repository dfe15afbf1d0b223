"""What a signed report prints beside its QR."""

LABEL = "Código"
QR_DESCRIPTION = "Código QR con el código de este informe"
COMMAND = "/verificar"


def how(code: str) -> str:
    """Return how anybody asks whether the report is authentic."""
    asked = f"{COMMAND}\u00a0{nonbreaking(code)}"
    return f"¿Es auténtico? Envíe al asistente {asked}; el código QR lo tiene escrito."


def nonbreaking(code: str) -> str:
    return code.replace("-", "\N{NON-BREAKING HYPHEN}")


def in_footer(code: str) -> str:
    return f"{LABEL} {code}"


def in_qr(code: str) -> str:
    """Return the text that a telephone reads from the QR: what is sent to the bot."""
    return f"{COMMAND} {code}"
