"""Routes translate: each parses, calls one function and returns."""
