"""The commands, each in the module of its name; ``captures`` and ``console`` are what they share."""
