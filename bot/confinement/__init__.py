"""Programs of ours that open what others sent, each in a process of its own."""
