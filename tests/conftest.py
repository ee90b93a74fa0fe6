"""Settings for all tests.

Libraries are loaded on first use, so there is no deadline per example. The main run draws the same examples every
time; `make explore` draws new and more ones.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("main", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=list(HealthCheck))
settings.load_profile("main")
