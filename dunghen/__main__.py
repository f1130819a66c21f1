"""`python -m dunghen …`: see `dunghen/cli.py`."""

import os
import sys

from dunghen.cli import REFUSED, main

if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our words has gone (`… | head`); the interpreter must not flush into nothing at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = REFUSED
    sys.exit(code)
