"""Synthetic orders with the decisions that they must get. No real patient is in them."""
