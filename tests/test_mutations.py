"""A few of the seeded mutations, each of another kind: none passes in silence, none ends in a traceback, none is listed without a change."""

from collections import Counter

from tests.redteam import mutations
from tests.redteam.mutating import KINDS
from tests.redteam.mutations import FALSE, LISTED, REFUSED, SAID, SILENT, TRACEBACK

A_FEW = 70


def test_no_mutation_of_a_good_table_passes_in_silence():
    outcomes = mutations.run(A_FEW, only=("small", "putuo-shegongbu-2024", "qinghai-cl-2015"))
    how = Counter(each.how for each in outcomes)
    assert [each for each in outcomes if each.how in (SILENT, TRACEBACK, FALSE)] == []
    assert len(outcomes) == A_FEW and how[REFUSED] > 10 and how[SAID] > 5 and how[LISTED] > 10


def test_there_are_kinds_for_cells_rows_columns_files_and_settings():
    assert len(KINDS) > 60 and {"digit", "row-deleted", "heads-swapped", "last-year-row", "year-deleted", "as-gbk", "unit", "as-of"} <= KINDS.keys()
