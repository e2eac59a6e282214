"""Reads a question: which body, time, person, paper, reference or word it names."""
