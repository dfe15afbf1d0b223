"""`/avance`: progress as text, as a picture and as JSON."""
