"""Speed and quality, measured: each module is one command, ``python -m benchmarks.NAME``."""
