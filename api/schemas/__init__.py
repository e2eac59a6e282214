"""What the API takes and gives as JSON, each with an example.

The models are a promise to other programs, so they are written out here and do not change when a
class inside search does. A server's file system is nobody's business: a paper is known by its id
and file name, never by its path.
"""
