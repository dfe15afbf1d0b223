"""What a person does about one activity, from its beginning to their second thoughts."""
