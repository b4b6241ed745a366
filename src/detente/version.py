"""The version of this program, in one place (``pyproject.toml`` holds the same; a test compares them)."""

VERSION = "0.1.0"
