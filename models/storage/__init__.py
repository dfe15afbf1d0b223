"""The database: transactions, the outbox, drafts, and the audit chain that every write goes into."""
