"""How the scorer of stories was made."""
