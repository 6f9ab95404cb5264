"""Reports to the presidium: what it was told, what it said, asked and proposed, and what became of that."""
