"""detente reads what many outlets report and keeps a record that can be trusted line by line."""
