"""The commands, each in the module of its name; ``captures``, ``console`` and ``gathering`` are what they share."""
