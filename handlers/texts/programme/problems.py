"""The problems of a programme file in Spanish, by the keys of `models.programme_file.sentences`."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from models.programme_file.problem import Problem, ProblemSeverity
from models.programme_file.sentences import Sentence
from models.programme_file.tree import FilePosition
from spanish.writing.days import written

SENTENCES = {
    "too_large": "el archivo tiene {size:,} bytes; un programa tiene a lo más {largest:,}",
    "empty_file": "el archivo está vacío: debe traer la institución, el año, el calendario y los órganos",
    "unreadable": "no se pudo leer el archivo: pide más tiempo o memoria de lo que un programa necesita",
    # YAML
    "not_utf8": "el archivo no está en UTF-8: guárdelo como texto UTF-8",
    "yaml_broken": "el YAML está roto aquí ({problem})",
    "yaml_tab": "el renglón empieza con un tabulador, que YAML no admite: use espacios",
    "yaml_character": "hay un carácter (x{code}) que YAML no admite",
    "too_deep": "los datos están anidados con demasiada profundidad",
    "anchor": "no se admiten anclas (&) ni alias (*): escriba el texto completo",
    "tag": "no se admite la etiqueta {tag}: quítela",
    "field_no_word": "el nombre de un campo debe ser una palabra",
    "field_twice": "«{name}» está dos veces; la primera, en la línea {line}",
    "field_unknown": "aquí no hay ningún campo «{name}» (hay {known})",
    "field_meant": "aquí no hay ningún campo «{name}»; ¿quiso escribir «{meant}»?",
    # Excel
    "password": "el libro tiene contraseña: guárdelo sin ella",
    "old_excel": "es un libro de Excel anterior a 2007 (.xls): guárdelo como .xlsx",
    "no_workbook": "no es un libro de Excel, o está dañado: guárdelo como .xlsx",
    "workbook_broken": "el libro está dañado: ábralo en Excel y guárdelo otra vez como .xlsx",
    "text_no_workbook": "es un texto (como un CSV), no un libro: ábralo en Excel y guárdelo como .xlsx",
    "binary_excel": "es un libro binario (.xlsb): guárdelo como .xlsx",
    "open_document": "es una hoja de OpenDocument (.ods): guárdela como .xlsx",
    "macros": "el libro tiene macros: guárdelo como .xlsx, sin ellas",
    "bomb": "al descomprimirse, el libro sería demasiado grande para un programa",
    "too_many_cells": "un programa tiene a lo más {rows:,} renglones y {columns} columnas",
    "sheet_missing": "al libro le falta la hoja {missing}: debe tener {known}",
    "head_lacks": "el encabezado no es el esperado: falta {missing}",
    "column_twice": "la columna «{title}» está dos veces",
    "column_unknown": "«{title}» no es una columna de esta hoja",
    "column_meant": "«{title}» no es una columna de esta hoja; ¿quiso escribir «{meant}»?",
    "column_untitled": "esta columna no tiene título",
    "row_missing": "falta el renglón «{title}»",
    "row_twice": "«{title}» está dos veces",
    "row_unknown": "«{title}» no es un renglón de esta hoja",
    "row_meant": "«{title}» no es un renglón de esta hoja; ¿quiso escribir «{meant}»?",
    "row_untitled": "este renglón no tiene nombre",
    "formula": "aquí hay una fórmula: escriba su valor",
    "excel_error": "aquí hay un error de Excel: escriba el valor",
    "percent": "la celda muestra {shown} %, pero guarda {given}: póngale formato General y escriba el número",
    "merged_cells": "las celdas {cells} están combinadas: sepárelas y escriba el valor en cada renglón",
    "cell_empty": "esta celda no puede quedar vacía",
    "two_strategies": "llene «Estrategia» o las numeradas, no ambas",
    "two_plans": "el plan está por trimestres y por meses: deje vacío uno de los dos",
    "unit_of_row_missing": "falta la clave del órgano: tómela de la hoja {sheet}",
    "unit_of_row_unknown": "«{title}» no es una clave de la hoja {sheet}",
    "unit_of_row_meant": "«{title}» no es una clave de la hoja {sheet}; ¿quiso escribir «{meant}»?",
    "line_of_row_missing": "falta el número de la línea: tómelo de la hoja {sheet}",
    "line_of_row_unknown": "«{unit}» no tiene la línea {number} en la hoja {sheet}",
    # single values
    "missing": "falta «{name}»",
    "text_expected": "aquí va un texto (en YAML, un número o una fecha va entre comillas)",
    "half_character": "el texto trae medio carácter: quítelo",
    "control_character": "el texto trae un carácter de control (U+{code}): quítelo",
    "text_empty": "el texto está vacío: escríbalo, o quite el campo",
    "text_too_long": "el texto es demasiado largo: caben {limit:,} caracteres",
    "colour_wrong": (
        '«{given}» no es un color: escriba seis dígitos hexadecimales entre comillas, como "6B1D35"'
    ),
    "font_unknown": "«{given}» no es un tipo de letra de los informes: {known}",
    "list_expected": "aquí va una lista",
    "list_empty": "la lista está vacía: hace falta al menos un elemento",
    "no_units": "no hay ningún órgano: hace falta al menos uno",
    "no_lines": "el órgano no tiene ninguna línea: hace falta al menos una",
    "no_targets": "la línea no tiene ninguna meta: hace falta al menos una",
    "group_expected": "aquí va un grupo de campos con nombre",
    "yes_or_no": "aquí va «Sí» o «No» (en YAML, true o false)",
    "at_least": "el número debe ser {limit} o mayor",
    "at_most": "el número debe ser {limit} o menor",
    "whole_number": "aquí va un número entero",
    "number_expected": "aquí va un número como 16 o 12.5, sin comas ni unidades",
    "not_a_date": "«{given}» no es una fecha: escríbala como 2024-12-31",
    "no_such_day": "{given} no es un día del calendario",
    "date_expected": "aquí va una fecha, como 2024-12-31",
    "amount_not_positive": "la cantidad debe ser mayor que 0, no {given}",
    "quantity_negative": "la cantidad debe ser 0 o mayor, no {given}",
    "amount_enormous": "la cantidad mayor es {largest:,}",
    "timezone_unknown": "«{given}» no es una zona horaria: escríbala como America/Mexico_City",
    "board_part_unknown": "«{given}» no es una parte del informe que se pueda omitir: {known}",
    "key_wrong": "«{given}» no es una clave: van minúsculas sin acento, cifras y guiones, como sistemas-2",
    "value_wrong": "este valor no se admite",
    "not_regular": "esto es una carpeta o un dispositivo, no un archivo",
    # values that must agree
    "key_twice": "la clave «{value}» está en dos órganos",
    "line_twice": "el órgano tiene dos líneas con el número {value}",
    "measure_twice": "la línea tiene dos metas en {value}",
    "ends_before_start": "la línea termina el {ends_on}, antes de iniciar el {starts_on}",
    "force_outside": "la línea está vigente desde o hasta el {day}, que no es un día de {year}",
    "force_ends_early": "la línea está vigente hasta el {until}, antes de empezar el {since}",
    "only_informative": "la línea necesita al menos una meta que no sea informativa",
    "too_many_decimals": "{given} tiene más decimales que la meta ({decimals}): ponga {needed} en decimales",
    "level_exceeds": "estas cantidades no se suman: el plan da el nivel de cada periodo, y {total} es más "
    "que la meta {amount}",
    "level_last": "estas cantidades no se suman: el plan da el nivel de cada periodo, y el último es la "
    "meta, {amount}, no {total}",
    "word_twice": "«{value}» ya es nombre de una medida de la línea",
    "placeholder_unknown": "{given} no se puede llenar; hay {known}",
    "combine_unknown": "«{given}» no es una forma de combinar: es suma, último valor o promedio",
    "plan_length": "el plan tiene {length} entradas: van 4 trimestres o 12 meses",
    "plan_exceeds": "lo ya definido del plan suma {total}, más que la cantidad {amount}",
    "plan_differs": "el plan suma {total} y la cantidad es {amount}",
    "opening_outside": "la apertura es del {on}, fuera de {year}",
    # warnings
    "dates_outside": "{line}: sus fechas, {starts_on} a {ends_on}, no están dentro de {year}",
    "dates_far_outside": "{line}: sus fechas, {starts_on} a {ends_on}, no están dentro de {year}; "
    "mientras no se corrijan, vale por todo el año",
    "plan_outside_quarters": "{line}: hay plan en el trimestre {periods} y la línea va "
    "del {starts_on} al {ends_on}",
    "plan_outside_months": "{line}: hay plan en el mes {periods} y la línea va del {starts_on} al {ends_on}",
    "cut_at_hash": "lo que sigue a « #» es un comentario y queda fuera de «{kept}»: si es parte del texto, "
    "escríbalo todo entre comillas",
    "curly_quotes": 'las comillas “ ” quedan en el texto: solo las rectas (") lo delimitan',
    "summer_time": "{zone} tiene horario de verano en {year}, y México lo dejó en 2022: "
    "escríbala como America/Mexico_City",
    "zone_of_no_place": "{zone} no es el nombre de un lugar: escríbala como America/Mexico_City",
    "alias_shared": "«{alias}» es otro nombre de {first} y de {second}: se preguntará de cuál se trata",
    "indicators_missing": "faltan datos del indicador para la plataforma de transparencia: {lines}",
    # refusals of an import
    "has_activities": "{part} no puede quitarse: tiene {count:,} actividades registradas. "
    "Si la línea termina, elija desde qué día",
    "activities_outside": "{part}: {count:,} actividades quedarían fuera de sus nuevas fechas",
    "decimals_counted": "{part}: sus decimales no pueden pasar de {before} a {after}: "
    "hay actividades contadas así",
    "decimals_adjusted": "{part}: sus decimales no pueden pasar de {before} a {after}: "
    "hay un ajuste escrito así",
    "decimals_needed": "{part}: sus decimales no pueden pasar de {before} a {after}: "
    "la meta original los necesita",
    "reason_needed": "una meta solo cambia con un ajuste, y falta el motivo ({parts})",
}
_DAYS = ("starts_on", "ends_on", "day", "since", "until", "on")  # facts that are dates


def sentence(said: Sentence) -> str:
    """Return the sentence as plain text."""
    facts = {name: written(str(fact)) if name in _DAYS else fact for name, fact in said.facts.items()}
    return SENTENCES[said.key].format(**facts)


def place(where: FilePosition) -> str:
    """Return «Metas!D7» or «línea 4, columna 7»."""
    return where.cell or f"línea {where.line}, columna {where.column}"


def one(problem: Problem) -> str:
    """Return «Metas!D7: la cantidad debe ser mayor que 0, no -3», plain text."""
    return f"{place(problem.place)}: {sentence(problem.sentence)}"


def listed(problems: Sequence[Problem], shown: int) -> list[Html]:
    """Return the first `shown` problems as HTML lines, errors first, and how many more there are."""
    ordered = sorted(problems, key=lambda each: each.severity is ProblemSeverity.WARNING)
    marks = {ProblemSeverity.ERROR: "❌", ProblemSeverity.WARNING: "⚠️"}
    lines = [
        Html("{} <b>{}</b>: {}").format(
            marks[each.severity], place(each.place), sentence(each.sentence)[:300]
        )
        for each in ordered[:shown]
    ]
    more = len(ordered) - shown
    return [*lines, Html("… y {:,} más, en el archivo adjunto").format(more)] if more > 0 else lines
