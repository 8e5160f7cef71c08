"""`python -m orderguard` is the command `orderguard`."""

from orderguard.cli import main

main()
