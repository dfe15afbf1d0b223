"""What all conversations share: context, keyboards, drafts, pages, broadcasts."""
