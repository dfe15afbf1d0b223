"""Spanish that the reports and the chat share: figures, days and measures, and every sentence of a report."""
