"""Scripts that keep the repository in order; each is run as ``python -m scripts.NAME``."""
