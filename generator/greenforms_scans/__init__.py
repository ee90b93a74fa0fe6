"""Scans of known truth: made-up data of any form, printed, rasterised and spoilt; and what is right of a reading."""
