"""Turns the lines of a page into text as a clerk would type it."""
