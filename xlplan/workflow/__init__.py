"""Paths in, paths out: one module per command, used by the command line and by scripts."""
