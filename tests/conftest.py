"""What holds for every test."""

from hypothesis import settings

# A busy machine is slow, not wrong: how long things take is measured by the benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
