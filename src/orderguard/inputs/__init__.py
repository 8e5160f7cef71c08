"""What `check` reads: which files, how they are packed, and one module for each kind of file."""
