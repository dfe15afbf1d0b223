"""Updates from Telegram: polled or by webhook, put into order, handled in batches."""
