"""What happens to the files that people send: one sentence each, with what to do."""

from collections.abc import Sequence
from math import ceil

from handlers.texts.activities.evidence import counted
from handlers.texts.escaping import Html, escape, joined
from models.evidence.outcome import News, OutcomeKind
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.operations.store_fault import FaultKind
from models.tables.report import MadeReport

NAMES_SHOWN = 3
NAME_LIMIT = 40  # characters of a file's name in a sentence
MEGABYTE = 1024 * 1024

_ONE = {
    EvidenceKind.PHOTO: "la foto",
    EvidenceKind.DOCUMENT: "el documento",
    EvidenceKind.VOICE: "la nota de voz",
    EvidenceKind.VIDEO: "el video",
    EvidenceKind.LOCATION: "la ubicación",
}
_THIS = {
    EvidenceKind.PHOTO: "Esa foto",
    EvidenceKind.DOCUMENT: "Ese documento",
    EvidenceKind.VOICE: "Esa nota de voz",
    EvidenceKind.VIDEO: "Ese video",
    EvidenceKind.LOCATION: "Esa ubicación",
}
_REFUSED = {  # one file, several files, and what to do
    "program": (
        "por dentro es un programa o lleva uno",
        "por dentro son programas o llevan uno",
        "Envíe la foto, o el documento en PDF.",
    ),
    "empty": ("llegó sin contenido", "llegaron sin contenido", "Revise el original y envíelo otra vez."),
    "too_large": (
        "pesa más de 20 MB, lo más que puedo recibir",
        "pesan más de 20 MB, lo más que puedo recibir",
        "Envíe una versión más ligera.",
    ),
    "unreadable_kind": (
        "no reconozco ese tipo de archivo",
        "no reconozco ese tipo de archivos",
        "Envíe fotos, PDF, documentos de Office, audio o video.",
    ),
}
# Details of what is wrong, by those of `bot.evidence.kinds.verdict`.
_REFUSED |= {
    "loads": (
        "al abrirse trae o arranca algo de otra parte",
        "al abrirse traen o arrancan algo de otra parte",
        "Guárdelo como PDF y envíelo otra vez.",
    ),
    "carries": (
        "lleva adentro otro archivo u objeto",
        "llevan adentro otro archivo u objeto",
        "Envíe cada archivo por separado, o el documento impreso en PDF.",
    ),
    "locked": (
        "pide contraseña para abrirse",
        "piden contraseña para abrirse",
        "Quítele la contraseña y envíelo otra vez.",
    ),
    "nested": (
        "es un comprimido que lleva otro adentro, o que se desborda al abrirse",
        "son comprimidos que llevan otro adentro, o que se desbordan al abrirse",
        "Envíe los archivos sueltos.",
    ),
    "disguised": (
        "por dentro es dos tipos de archivo a la vez",
        "por dentro son dos tipos de archivo a la vez",
        "Guárdelo de nuevo, o envíe una foto o captura de pantalla.",
    ),
}
GONE = "No encuentro ese archivo en el servidor, así que no puedo enviárselo. Avise a Planeación, por favor."
GONE_RENEWED = (
    "No encuentro ese archivo en el servidor, así que no pude enviárselo. Lo vuelvo a hacer: pídalo otra vez "
    "en un momento."
)
ALTERED = (
    "No le envié ese archivo: en el servidor alguien o algo lo cambió y ya no es el que se registró. "
    "Planeación ya tiene el aviso."
)
ALTERED_RENEWED = (
    "No le envié ese archivo: en el servidor alguien o algo lo cambió. Lo vuelvo a hacer: pídalo otra vez "
    "en un momento."
)
SOME_FILE = "un archivo"
DISK_FAILS = (
    "⚠️ No puedo guardar la evidencia que llega: el disco del servidor está lleno o no admite escritura. Nada "
    "se pierde: lo sigo intentando y le aviso cuando funcione. Avise a quien administra el servidor."
)
DISK_WORKS = "✅ Ya puedo guardar evidencia otra vez; recuperé los archivos que esperaban."


def too_large(kind: EvidenceKind, size: int) -> str:
    """Return the refusal of a file of `size` bytes, which is more than a bot may download."""
    return (
        f"{_THIS[kind]} pesa {ceil(size / MEGABYTE)} MB y puedo recibir hasta 20 MB. "
        "Envíe una versión más ligera o en partes; lo demás sigue igual."
    )


def fault(kind: FaultKind, what: str, sha256: str, renewed: bool) -> Html:
    """Return, for planning, that a stored file is missing or was altered."""
    wrong = "ya no está" if kind is FaultKind.MISSING else "alguien o algo cambió"
    way_out = (
        "Se vuelve a hacer sin que nadie haga nada."
        if renewed
        else "Pida a quien administra el servidor que recupere el archivo de un respaldo."
    )
    return Html("⚠️ En el servidor {} {}, y así no se envía. {}\nHuella: <code>{}</code>").format(
        wrong, what, way_out, sha256[:12]
    )


def piece(evidence: Evidence) -> Html:
    """Return «la foto de la actividad n.º 12» or «el documento «acta.pdf»»."""
    name = Html(" «{}»").format(_short(evidence.name)) if evidence.name else ""
    number = evidence.activity_id
    return Html("{}{}").format(_ONE[evidence.kind], name) + (
        Html(" de la actividad n.º {}").format(number) if number else ""
    )


def report_file(made: MadeReport) -> str:
    """Return «el informe 2024-T1 en pdf»."""
    return f"el informe {made.year}-T{made.quarter} en {made.format.value}"


def unnamed(number: int, files: int) -> str:
    """Return, for planning, that too many stored files are named by no row, so none was moved."""
    return (
        f"⚠️ {number:,} de los {files:,} archivos de evidencia del servidor no están en ningún registro. Son "
        "demasiados para apartarlos sin preguntar, así que los dejé donde están. Pida a quien administra el "
        "servidor que revise si la base de datos es la correcta."
    )


def told(group: Sequence[News]) -> Html:
    """Return one sentence for files with the same outcome."""
    first, several = group[0], len(group) > 1
    files = _named(group)
    match first.what:
        case OutcomeKind.REFUSED:
            one, many, way_out = _REFUSED[first.reason or "unreadable_kind"]
            return Html("🚫 No guardé {}: {}. {} {}").format(
                files, many if several else one, _stands(first), way_out
            )
        case OutcomeKind.REPEATED:
            return Html("Ya tenía {} aquí; se guarda una sola vez.").format(files)
        case OutcomeKind.ELSEWHERE:
            number = first.other_id
            return Html("{} ya {} evidencia de la n.º {} /actividad_{}. También {} aquí.").format(
                _begun(files), "son" if several else "es", number, number, "quedaron" if several else "quedó"
            )
        case OutcomeKind.NO_COPY:
            return Html(
                "Guardé {}, pero no {} en el informe: no pude "
                "preparar la imagen. Si debe aparecer, envíe una captura de pantalla de ella."
            ).format(files, "aparecerán" if several else "aparecerá")
        case OutcomeKind.CUT:
            return Html(
                "📎 Guardé {}, pero parece que falta una parte: en el informe saldrá lo que se alcanza "
                "a ver. Si tiene el original entero, envíelo otra vez."
            ).format(files)
        case OutcomeKind.MISSING:
            return Html("⏳ Todavía no pude recibir {}. {} Lo sigo intentando y le aviso cuando {}.").format(
                files, _stands(first), "lleguen" if several else "llegue"
            )
        case OutcomeKind.ARRIVED:
            return Html("✅ Ya {} {}; no hace falta que haga nada.").format(
                "llegaron" if several else "llegó", files
            )
        case OutcomeKind.GIVEN_UP:
            return Html(
                "Pasaron catorce días y no pude recibir {}. {} "
                "Para que lleve esa evidencia, envíela otra vez."
            ).format(files, _stands(first))


def _stands(news: News) -> str:
    if news.activity_id is None:
        return "Su captura sigue en pie."
    return f"La actividad n.º {news.activity_id} sigue en pie."


def _named(group: Sequence[News]) -> Html:
    """Return «la foto» or «3 fotos y 1 video»; a few files that all have names by them."""
    names = [each.name for each in group if each.name]
    if len(names) == len(group) <= NAMES_SHOWN:
        return joined([Html("«{}»").format(_short(name)) for name in names])
    if len(group) == 1:
        return escape(_ONE[group[0].kind])
    kinds = [each.kind for each in group]
    return joined([counted(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)])


def _short(name: str) -> str:
    """Return the name, or its beginning and end if it is long."""
    return name if len(name) <= NAME_LIMIT else f"{name[: NAME_LIMIT - 10]}…{name[-9:]}"


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]
