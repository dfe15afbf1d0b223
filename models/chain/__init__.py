"""The audit chain compared with the tables, with anchors, and entries that lose their texts."""
