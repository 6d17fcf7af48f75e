"""``python -m pipeline.cli`` is ``bulletin`` (命令行入口). What must not live here: commands."""

import sys

from pipeline.cli import main

sys.exit(main())
