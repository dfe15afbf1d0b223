"""What people hear when they join, and when a code does not work."""

from handlers.texts.escaping import escape
from handlers.texts.people.roles import pair
from models.tables.people import Role

UNUSABLE_CODE = (
    "Esa invitación ya no sirve: se usó, venció o está mal escrita. Usted conserva su acceso de siempre; "
    "si esperaba una función más, pida otra invitación a Planeación."
)
TOO_MANY_CODES = "Por hoy ya no puedo revisar más invitaciones. Vuelva a intentarlo mañana, por favor."

SUSPENDED = (
    "Su acceso está suspendido, así que no se registró nada. Lo que dejó abierto se conserva; "
    "pida a Planeación que le devuelva el acceso."
)

FIRST_STEPS = {
    Role.STAFF: (
        "Para empezar, escríbame qué se hizo, como se lo contaría a alguien: «Ayer dimos 2 asesorías a 9 "
        "personas». Le muestro lo que entendí y lo registra con un toque; puede sumar fotos y documentos. "
        "Con /avance ve cómo va su unidad."
    ),
    Role.DIRECTOR: (
        "Para empezar, use /avance: le muestro cómo va su unidad. Con /actividades ve lo registrado. "
        "También puede capturar: escríbame qué se hizo y confírmelo con un toque."
    ),
    Role.PLANNING: (
        "Para empezar, use /invitar para sumar a los enlaces y titulares. Con /avance ve el de toda la "
        "institución y con /personas a quienes ya entraron."
    ),
    Role.OBSERVER: "Para empezar, use /avance: le muestro cómo va la institución, unidad por unidad.",
}


def welcome(name: str, role: Role, unit_name: str | None) -> str:
    """The first words to somebody who joins."""
    return (
        f"👋 Le damos la bienvenida, <b>{escape(name)}</b>.\n\n"
        f"Su acceso: {pair(role, unit_name)}.\n\n{FIRST_STEPS[role]}\n\n"
        "Con /ayuda le muestro todo lo que puedo hacer por usted."
    )


def welcome_again(role: Role, unit_name: str | None) -> str:
    """To a linked person whose invitation gave one more role or unit."""
    return f"✅ Listo. Desde ahora usted también es: <b>{pair(role, unit_name)}</b>.\n\n{FIRST_STEPS[role]}"


def already_so(role: Role, unit_name: str | None) -> str:
    return f"Usted ya tenía ese acceso: {pair(role, unit_name)}. No hace falta nada más."


def greeting(name: str, pairs: list[str]) -> str:
    """To a linked person who types /start; `pairs` are HTML."""
    return (
        f"👋 Buen día, <b>{escape(name)}</b>. Su acceso: {'; '.join(pairs)}.\n\n"
        "Con /ayuda le muestro lo que puedo hacer por usted."
    )
