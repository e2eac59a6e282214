"""Finds tables on printed pages and in markup, their heads, and which rows belong together."""
