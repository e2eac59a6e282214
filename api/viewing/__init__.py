"""Shows a page of a paper as it is printed, with the words of a passage marked on it."""
