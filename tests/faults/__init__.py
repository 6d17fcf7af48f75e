"""Faults: killed runs, full disks, withdrawn permissions; the last good output stays, the next run makes the same."""
