"""Other people's engines behind the labeller's interface, each an extra of its own."""
