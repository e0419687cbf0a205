"""Commands of the command line that have a module of their own; each is named for its command."""
