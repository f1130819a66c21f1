"""What the commands of `python -m dunghen` do and say, one module a subject."""
