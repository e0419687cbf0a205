"""Bylines: who is credited for an article, in what role, and which medium it is attributed to."""
