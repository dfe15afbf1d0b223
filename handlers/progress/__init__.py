"""`/avance`: progress, its picture and its JSON."""
