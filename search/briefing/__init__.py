"""Briefings: everything that the papers say on a matter, made only of quotations.

What is quoted is chosen and arranged here; no word of a quotation is ours. Nothing hangs on the
clock: the same library, matter and day give the same briefing.
"""
