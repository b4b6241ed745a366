"""Fuzzing of every parser by mutation (``python -m benchmarks.fuzz``)."""
