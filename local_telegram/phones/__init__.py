"""The people's telephones: what they do, what they show, and the HTTP routes by which the page does it."""
