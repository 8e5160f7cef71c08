"""What helps people to write rules: it judges rule files, never orders for patients."""
