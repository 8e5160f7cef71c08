"""Checking on several processors: worker processes, and what supervises them."""
