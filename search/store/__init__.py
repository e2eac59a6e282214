"""The library's truth: one SQLite database, its schema, and rows to values and back."""
