"""The trees by which events of one story are held to be one act."""
