"""Make the sample council's papers: text in light markup to PDF, Word, HTML and text."""
