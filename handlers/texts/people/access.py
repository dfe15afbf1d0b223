"""Texts for people who join, and for codes that are refused."""

from collections.abc import Sequence

from handlers.texts import courtesies
from handlers.texts.escaping import Html
from handlers.texts.examples import Examples
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
    Role.STAFF: Html(
        "Para empezar, escríbame qué se hizo, como se lo contaría a alguien: «{report}». Le muestro lo que "
        "entendí y lo registra con un toque; puede sumar fotos y documentos. "
        "Con /avance ve cómo va su unidad."
    ),
    Role.DIRECTOR: Html(
        "Para empezar, use /avance: le muestro cómo va su unidad. Con /actividades ve lo registrado. "
        "También puede capturar: escríbame qué se hizo y confírmelo con un toque."
    ),
    Role.PLANNING: Html(
        "Para empezar, use /invitar para sumar a los enlaces y titulares. Con /avance ve el de toda la "
        "institución y con /personas a quienes ya entraron."
    ),
    Role.OBSERVER: Html("Para empezar, use /avance: le muestro cómo va la institución, unidad por unidad."),
}


def welcome(name: str, role: Role, unit_name: str | None, examples: Examples) -> Html:
    """Return the first message to somebody who joins."""
    return Html(
        "👋 Le damos la bienvenida, <b>{}</b>.\n\n"
        "Su acceso: {}.\n\n{}\n\n"
        "Con /ayuda le muestro todo lo que puedo hacer por usted."
    ).format(name, pair(role, unit_name), _first_steps(role, examples))


def welcome_again(role: Role, unit_name: str | None, examples: Examples) -> Html:
    """Return the message to a linked person whose invitation gave one more role or unit."""
    return Html("✅ Listo. Desde ahora usted también es: <b>{}</b>.\n\n{}").format(
        pair(role, unit_name), _first_steps(role, examples)
    )


def _first_steps(role: Role, examples: Examples) -> Html:
    return FIRST_STEPS[role].format(report=examples.report)


def already_so(role: Role, unit_name: str | None) -> Html:
    return Html("Usted ya tenía ese acceso: {}. No hace falta nada más.").format(pair(role, unit_name))


def greeting(name: str, pairs: Sequence[Html], hour: int) -> Html:
    """Return the answer to /start of a linked person; `pairs` are HTML, `hour` is local."""
    return Html(
        "👋 {}, <b>{}</b>. Su acceso: {}.\n\nCon /ayuda le muestro lo que puedo hacer por usted."
    ).format(courtesies.greeting(hour), name, Html("; ").join(pairs))
