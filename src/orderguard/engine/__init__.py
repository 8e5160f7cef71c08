"""Judging: the same questions asked of the reference evaluator and of durable-rules."""
