"""Evidence: attaching it to drafts and activities, the states of its files, faults of its folder."""
