"""The register of commitments: what was undertaken, by whom, by when, and what came of it.

What the papers print is derived and never changed here; what officers say of it is a log that only
grows. An entry is both together: places that print one undertaking, and the fold of their log.
"""
