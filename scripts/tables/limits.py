"""How much a table may hold: what is more is no table of a county's register, or a file put in the wrong place."""

LIMIT_BYTES, LIMIT_ROWS, LIMIT_COLUMNS = 20_000_000, 200_000, 60
LIMIT_CELL = 2_000  # characters
