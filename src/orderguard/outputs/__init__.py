"""What `check` writes beside tables and JSON: a summary for spreadsheets, JUnit XML, Parquet, a report."""
