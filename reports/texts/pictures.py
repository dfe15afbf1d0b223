"""Why the report leaves out a picture."""

from models.evidence.look import LeftOutPicture

LEFT_OUT = {  # of one picture, of several
    LeftOutPicture.DARK: ("muy oscura", "muy oscuras"),
    LeftOutPicture.SMALL: ("muy pequeña", "muy pequeñas"),
    LeftOutPicture.REPEATED: ("casi igual a otra", "casi iguales a otras"),
    LeftOutPicture.CHOSEN: ("quitada del informe", "quitadas del informe"),
}
