"""What a person does about one activity, from its beginning to later changes."""
