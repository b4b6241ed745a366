"""The main path in one readable loop. Filled in as the layers land."""
