"""Every Spanish sentence that people see in the chat, one module per conversation."""
