"""The door of the program: `greenforms …` and `python -m greenforms …`.

It loads next to nothing before it minds Ctrl-C, because loading the rest takes as long as a hasty hand.
"""

from __future__ import annotations

import sys

from greenforms.console import INTERRUPTED, speak_chinese
from greenforms.errors import ExitCode


def main() -> None:
    """Load the command line and run it; Ctrl-C meanwhile ends as it does later."""
    try:
        from greenforms.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        speak_chinese()
        sys.stderr.write(f"\n{INTERRUPTED}\n")  # the terminal has written ^C
        sys.exit(ExitCode.INTERRUPTED)


if __name__ == "__main__":
    main()
