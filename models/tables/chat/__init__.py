"""The tables of the conversation with people: updates, calls of the Bot API, drafts, moved chats."""
