"""Settings for all tests: libraries are loaded on first use, so no deadline per example."""

from hypothesis import settings

settings.register_profile("lazy-libraries", deadline=None)
settings.load_profile("lazy-libraries")
