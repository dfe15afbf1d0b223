"""What the manual as a PDF prints in place of signs that no bundled font has in colour."""

# By sign: the shape, and its colour.
SHAPES = {
    "🟢": ("●", "3a8f3a"),
    "🔵": ("▶", "2b6cb0"),
    "🟡": ("▲", "b7860b"),
    "🔴": ("■", "c0392b"),
}
