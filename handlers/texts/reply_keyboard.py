"""The labels of the buttons below the chat."""

CAPTURE = "📝 Registrar"
DUTIES = "📋 Me falta"
ALL_DUTIES = "📋 Lo que falta"
PROGRESS = "📊 Avance"
CALENDAR = "📅 Calendario"
TELL = "Cuénteme qué se hizo"
ASK = "Pregúnteme cómo vamos"
