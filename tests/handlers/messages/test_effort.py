"""How many messages and taps ordinary work takes, mistakes included."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.screen import Message
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Part

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")
REGISTER = "✅ Registrar"


class Counted:
    """A person whose messages and taps are counted."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.messages = self.taps = 0

    def say(self, text: str) -> Message:
        self.messages += 1
        return self._talk.say(text)

    def tap(self, label: str) -> Message:
        self.taps += 1
        return self._talk.tap(label)

    def register(self, text: str, *then: str) -> None:
        """Send the text, tap and write what follows (a tap ends with its label after «›»), and register."""
        self.say(text)
        for each in then:
            if each.startswith("›"):
                self.tap(each[1:])
            else:
                self.say(each)
        assert "Registrada" in self.tap(REGISTER).text, text


def test_twelve_varied_activities_with_mistakes(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        ariel = Counted(talk)
        ariel.register("Ayer dimos 2 asesorias archivisticas a la SEMAHN")
        ariel.register("El lunes se impartió una capacitación a 12 responsables (7 mujeres y 5 hombres)")
        ariel.register("Hoy se celebró la primera sesión ordinaria del grupo interdisciplinario")
        ariel.register("se actualizó el cuadro general de clasificación archivística el 12 de marzo")
        ariel.register("3 asesorías ayer", "no, fueron 4")
        ariel.register("Antier una capacitación virtual sobre valoración documental", "›3 · ")
        ariel.register("La semana pasada se dieron 2 capacitaciones, 20 participantes")
        ariel.register("estamos preparando el catálogo de disposición documental")
        ariel.register("fue la asesoría del 5 de marzo a la Secretaría de Salud, oficio CA/012/2024")
        ariel.register("se habilitó el espacio para el archivo de concentración el 15 de marzo")
        ariel.register("Se realizó la segunda sesion ordinaria del GI el 13/03")
        ariel.register("Dimos asesoría a Transparencia sobre transferencias primarias")
        ariel.tap("↩️ Deshacer")
        ariel.say("era ayer")
        assert "Registrada" in ariel.tap(REGISTER).text
        assert ariel.messages <= 14 and ariel.taps <= 16, (ariel.messages, ariel.taps)
        with database.transaction(talk.bot.engine) as session:
            rows = session.exec(select(Activity).where(col(Activity.withdrawn_at).is_(None))).all()
            entries = session.exec(select(Entry).order_by(col(Entry.id))).all()
            assert len(rows) == 12
            assert [each.quantity for each in entries[:12]] == [2, 1, 1, 1, 4, 1, 2, 0, 1, 1, 1, 1]
            assert len({each.line_id for each in rows}) == 5 and rows[10].ends_on.day == 13


def test_an_activity_is_withdrawn_by_one_message_and_two_taps(tmp_path: Path) -> None:
    with talking(tmp_path, DIEGO) as talk:
        diego, number = Counted(talk), store(talk.bot.engine)
        diego.say(f"/actividad_{number}")
        diego.tap("🗑 Retirar")
        assert f"Retirada la n.º {number}" in diego.tap("Duplicada").text
        assert (diego.messages, diego.taps) == (1, 2)


def test_an_activity_is_returned_by_one_message_and_two_taps(tmp_path: Path) -> None:
    with talking(tmp_path, DIEGO) as talk:
        Talk(talk.bot, ANA)
        number = store(talk.bot.engine, by=ANA.telegram_id, claimed=(Claimed(2),))
        diego = Counted(talk)
        diego.say(f"/actividad_{number}")
        diego.tap("↩️ Devolver")
        assert f"Devuelta la n.º {number}" in diego.tap("Cantidad: no coincide").text
        assert (diego.messages, diego.taps) == (1, 2)


@pytest.mark.parametrize(
    ("role", "unit"), [("Titular · Dirección Jurídica", "Titular"), ("Consulta", "Consulta")]
)
def test_a_role_is_changed_by_one_message_and_three_taps(tmp_path: Path, role: str, unit: str) -> None:
    with talking(tmp_path, PALOMA) as talk:
        Talk(talk.bot, ANA)
        paloma = Counted(talk)
        paloma.say("/personas Ana")
        paloma.tap("✏️ Enlace")
        paloma.tap("🔁 Cambiar función")
        assert unit in paloma.tap(role).text
        assert (paloma.messages, paloma.taps) == (1, 3)
        assert unit in "".join(each.text for each in talk.bot.said[ANA.telegram_id][-1:])
