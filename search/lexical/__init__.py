"""The lexical index: BM25 by tantivy, derived from the library's passages.

It lies in a folder of its own, may be deleted at any time, and holds no text, only passage numbers
(as SQLite gave them) and stems. Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
and Beyond, 2009.
"""
