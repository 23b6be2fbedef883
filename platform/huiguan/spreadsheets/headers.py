"""Where the headings of a sheet are: in which rows, and what stands above each column."""

from dataclasses import dataclass

from huiguan.spreadsheets.characters import clean, fold, joined
from huiguan.spreadsheets.grids import Grid, Line, Value, is_blank, shown
from huiguan.spreadsheets.headings import SERIAL, Headings

SEARCHED = 60  # headings stand in the first rows, below a title, or nowhere
SEEN_FIRST = 4  # cells of a row that tell at a glance whether it may be headings


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of the headings, and for each column its lines from top to bottom."""

    rows: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]


def find_header(grid: Grid, headings: Headings) -> Header | None:
    """The first row that reads like headings nearly as well as the best one, with the rows that belong to it."""
    scores = [_score(line, headings) for line in grid.lines[:SEARCHED]]
    best = max(scores, default=0)
    if best < 1:
        return None
    first = next(at for at, score in enumerate(scores) if score >= 0.6 * best)
    if best == 1 and not _names_lone(grid.lines[first], grid.width, headings):
        return None
    last = first
    while last + 1 < len(grid.lines) and _continues(grid, grid.lines[last], grid.lines[last + 1], headings):
        last += 1
    while first and _is_above(grid, grid.lines[first - 1], grid.lines[first]):
        first -= 1
    lines = grid.lines[first : last + 1]
    columns = tuple(tuple(_stacked(grid, lines, column)) for column in range(grid.width))
    return Header(tuple(line.number for line in lines), columns)


def repeats(header: Header, line: Line, headings: Headings) -> bool:
    """Whether a row says the headings again, as tables do where a page was printed; perhaps in other words."""
    return _reads_like_headings(line, headings) and _agrees(header, line, headings)


def starts_other_table(header: Header, line: Line, headings: Headings) -> bool:
    """Whether a row holds headings of other columns: a second list below the first."""
    return _reads_like_headings(line, headings) and not _agrees(header, line, headings)


def _reads_like_headings(line: Line, headings: Headings) -> bool:
    filled = line.filled()
    if len(filled) < 2 or not any(_is_known(line.value(at), headings) for at in filled[:SEEN_FIRST]):
        return False
    score = _score(line, headings)
    return score > 2 or (score == 2 and all(map(headings.is_heading, _texts(line))))


def _is_known(value: Value, headings: Headings) -> bool:
    return isinstance(value, str) and headings.is_known_word(value)


def _agrees(header: Header, line: Line, headings: Headings) -> bool:
    """Most cells say what stands above their column, by the word or by its meaning."""
    filled = [at for at in line.filled() if at < len(header.columns)]
    same = [at for at in filled if _says(header.columns[at], _text(line, at), headings)]
    return len(same) >= 2 and len(same) >= 0.6 * len(line.filled())


def _says(parts: tuple[str, ...], text: str, headings: Headings) -> bool:
    field = headings.field_of((text,))
    return fold(text) in map(fold, parts) or (field not in ("", SERIAL) and field == headings.field_of(parts))


def _score(line: Line, headings: Headings) -> int:
    """How many different fields a row names; 0 if it holds data or mostly other words."""
    texts = _texts(line)
    if not texts or any(map(headings.is_data, texts)):
        return 0
    fields = {headings.field_of((text,)) for text in texts if headings.is_heading(text)} - {"", SERIAL}
    is_mostly_known = sum(map(headings.is_heading, texts)) >= 0.5 * len(texts)
    return len(fields) if is_mostly_known or (fields & headings.leading and len(texts) > 1) else 0


def _names_lone(line: Line, width: int, headings: Headings) -> bool:
    """A single known heading is enough if it may stand alone and is not all there is in a wider sheet."""
    fields = {headings.field_of((text,)) for text in _texts(line)}
    return len(line.filled()) > min(1, width - 1) and bool(fields & headings.lone)


def _continues(grid: Grid, above: Line, line: Line, headings: Headings) -> bool:
    """A second row of headings stands under a heading that covers several columns."""
    texts = _texts(line)
    if not texts or line.filled() == above.filled():
        return False
    if not all(headings.is_heading(text) and not headings.is_data(text) for text in texts):
        return False
    under = [at for at in line.filled() if is_blank(above.value(at)) or _spreads(grid, above, at)]
    return bool(under) and (len(texts) > 1 or any(_spreads(grid, above, at) for at in under))


def _is_above(grid: Grid, line: Line, below: Line) -> bool:
    """A row of group headings such as 基本信息 and 联系方式 above the headings themselves."""
    texts = _texts(line)
    if len(texts) < 2 or any(len(text) > 12 or ":" in text or any(c.isdigit() for c in text) for text in texts):
        return False
    return len(texts) < len(_texts(below)) and any(_spreads(grid, line, at) for at in line.filled())


def _spreads(grid: Grid, line: Line, at: int) -> bool:
    """Whether a heading covers columns to its right, by merging or by leaving them empty."""
    if any(span.top == line.number and span.left <= at <= span.right and span.right > span.left for span in grid.spans):
        return True
    follows_nothing = not is_blank(line.value(at)) and at + 1 < grid.width and is_blank(line.value(at + 1))
    return follows_nothing and not _is_merged(grid, line)


def _stacked(grid: Grid, lines: list[Line], column: int) -> list[str]:
    texts = [_above(grid, line, column, lines[-1]) for line in lines[:-1]] + [_text(lines[-1], column)]
    return list(dict.fromkeys(text for text in texts if text))


def _above(grid: Grid, line: Line, column: int, lowest: Line) -> str:
    """A group heading also stands above the columns it covers."""
    if not is_blank(line.value(column)):
        return _text(line, column)
    for span in grid.spans:
        if span.top == line.number and span.left < column <= span.right:
            return _text(line, span.left)
    left = next((at for at in range(column, -1, -1) if not is_blank(line.value(at))), None)
    covered = (
        left is not None
        and not _is_merged(grid, line)
        and not is_blank(lowest.value(left))
        and not is_blank(lowest.value(column))
    )
    return _text(line, left) if covered and left is not None else ""


def _is_merged(grid: Grid, line: Line) -> bool:
    return any(span.top == line.number and span.right > span.left for span in grid.spans)


def _text(line: Line, column: int) -> str:
    return joined(clean(shown(line.value(column))))


def _texts(line: Line) -> list[str]:
    return [_text(line, at) for at in line.filled()]
