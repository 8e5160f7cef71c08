"""Feature files for pytest: orders and findings in plain English, run against the real verifier."""
