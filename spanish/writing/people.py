"""The Spanish names of participants by sex and by sector; the keys are those of `AttendanceFacts`."""

SEXES = {"women": ("mujer", "mujeres"), "men": ("hombre", "hombres")}  # singular and plural
SECTORS = {  # «de» with the article, and the name
    "private_sector": ("del", "sector privado"),
    "civil_society": ("de la", "sociedad civil"),
    "academia": ("de la", "academia"),
    "public_servants": ("del", "servicio público"),
}
