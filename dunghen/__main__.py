"""`python -m dunghen …`: see `dunghen/cli.py`."""

import sys

from dunghen.cli import main

sys.exit(main())
