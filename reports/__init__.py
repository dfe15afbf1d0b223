"""The quarterly report: its content, its formats (Word, PDF, Excel, open data, pictures), its checks."""
