"""Messages to Telegram: queues for each chat, sending, what a failure means."""
