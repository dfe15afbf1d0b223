"""The Spanish texts of reports: sentences, headings, labels and file names."""
