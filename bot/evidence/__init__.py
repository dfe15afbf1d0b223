"""Files of evidence: fetched from Telegram, looked at, kept by their content."""
