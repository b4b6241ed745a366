"""The conflict model: parties, options, states and preferences, and which states hold."""
