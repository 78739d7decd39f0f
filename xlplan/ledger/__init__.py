"""The store of everything collected, and the archive of originals."""
