"""How the trained parts were made."""
