"""Every Spanish sentence that people see in the chat, a module per conversation."""
