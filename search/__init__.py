"""Search: keeps the library and finds the passages that answer a question."""
