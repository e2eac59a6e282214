"""The dense index: passages by cosine, derived from the library's vectors.

It lies in a folder of its own and may be deleted at any time.
"""
