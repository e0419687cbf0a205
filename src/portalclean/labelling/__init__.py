"""Labellers: page in, one verdict per unit out."""
