"""Nothing changes in silence: what publishing now would change against an earlier site, said before it happens."""

from pathlib import Path

from scripts.account import Account
from scripts.changes import earlier, leaves, ledgers, tell
from scripts.changes.compare import compare
from scripts.pages import Site
from scripts.problems import Problem


def since(folder: Path, account: Account) -> list[Problem]:
    """Every cell that differs from the site in `folder`, as warnings; an error when that is no site of ours, or a damaged one.

    Texts, dates and numbers are compared as the machine CSV of each table has them, rows by their key; then what no CSV
    shows: the spelling of a number and its unit. Order never counts. Nothing is drawn.
    """
    before, wrong = earlier.read(folder)
    if before is None or account.public is None:
        return wrong
    site = Site(account.inputs, account.public, account.as_of.isoformat() if account.as_of else "")
    now, found = ledgers.published(site), []
    for path in sorted(before.tables.keys() | now.keys()):
        found += compare(path, before.tables.get(path), now.get(path))
    found += leaves.compare(before.leaves, site.facts, {(each.file, each.sheet, each.row, each.column) for each in found})
    if before.nature != site.mark:
        found.append(tell.nature(before.nature, site.mark))
    return found
