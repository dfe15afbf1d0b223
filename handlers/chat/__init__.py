"""The frame of every conversation: answers, keyboards, drafts, pages, broadcasts."""
