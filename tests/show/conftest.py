"""Lets the tests of this folder share their made-up readings."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
