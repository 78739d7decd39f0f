"""Pages, letters and notices."""
