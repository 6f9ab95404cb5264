"""Header lines -> one path a column, with the file's merged ranges or by what stands beside and below a blank."""

from scripts.official import names


def paths(labels: list[list[str]], start: int, merged) -> list[str]:
    """One path a column. A header of one line is kept to the letter."""
    if len(labels) == 1:
        return [text.strip() for text in labels[0]]
    filled = _merged(labels, start, merged) if merged is not None else _spread(labels)
    paths = []
    for column in zip(*filled, strict=True):
        path: list[str] = []
        for text in column:
            label = "".join(text.split("\n")).strip().replace(names.SEPARATOR, "\u2215")
            if label and (not path or path[-1] != label):
                path.append(label)
        paths.append(names.SEPARATOR.join(path))
    return paths


def _merged(labels: list[list[str]], start: int, merged) -> list[list[str]]:
    """Every cell of a merged range says what its first one says."""
    filled = [list(texts) for texts in labels]
    for top, left, bottom, right in merged:
        if start <= top < start + len(filled):
            for row in range(top - start, min(bottom - start + 1, len(filled))):
                for column in range(left, min(right + 1, len(filled[row]))):
                    filled[row][column] = labels[top - start][left]
    return filled


def _spread(labels: list[list[str]]) -> list[list[str]]:
    """Without merged ranges: a blank repeats the label to its left while both stand under the same labels,
    and only where a label of its own stands below it.
    """
    filled = [list(texts) for texts in labels]
    for number, texts in enumerate(filled[:-1]):
        for column in range(1, len(texts)):
            above = [each[column] for each in filled[:number]] == [each[column - 1] for each in filled[:number]]
            below = any(each[column].strip() for each in labels[number + 1 :])
            if not texts[column].strip() and texts[column - 1].strip() and above and below:
                texts[column] = texts[column - 1]
    return filled
