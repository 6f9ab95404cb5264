"""The four grades of a score of a hundred points, half-open: 89.5 is a "good", never a hole between two grades."""

from fractions import Fraction

GRADES = ((90, "excellent"), (80, "good"), (60, "fair"), (0, "poor"))


def grade(total: Fraction | int) -> str:
    """The id of the normalised grade of a total of 100 points."""
    return next(name for least, name in GRADES if total >= least)
