"""Files of evidence: fetching them from Telegram, checking, copying and sweeping them."""
