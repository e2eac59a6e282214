"""Ingest: reads committee papers and cuts them into cited passages; knows nothing of search."""
