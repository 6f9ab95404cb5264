"""Cards of the third generation town by town, and what can be done on the net."""

from collections.abc import Iterator

from scripts.demo import people, told
from scripts.demo.chance import stream
from scripts.demo.county import LAST, until
from scripts.demo.folder import Folder

REACHED, SLOWER = 92, 9  # of a hundred holders in the last year; so many fewer for each year before


def write(folder: Folder) -> None:
    folder.add("cards", _cards(folder))
    told.rows(folder, "services")


def _cards(folder: Folder) -> Iterator[dict]:
    dice = stream(folder.county.seed, folder.register, folder.year)
    for town, count in people.by(folder.county, folder.year, 0).items():
        share = REACHED - SLOWER * (LAST - folder.year) + dice.randint(-3, 3)
        yield {"town": town, "holders": count, "third": count * share // 100, "until": until(folder.year), "document": folder.document("cards")}
