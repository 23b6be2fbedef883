"""A sheet that holds several lists below each other, each with its own headings, becomes several grids."""

from dataclasses import replace

from huiguan.spreadsheets.grids import Grid, Line
from huiguan.spreadsheets.headers import find_header, starts_other_table
from tenants.members.register.headings import HEADINGS

MOST_BLOCKS = 50


def split_blocks(grid: Grid) -> list[Grid]:
    """The lists of a sheet in their order; row numbers stay those of the sheet."""
    found: list[Grid] = []
    while len(found) < MOST_BLOCKS and (start := _next_table(grid)):
        number = grid.lines[start - 1].number + 1
        found.append(replace(grid, lines=grid.lines[:start]))
        grid = replace(grid, lines=grid.lines[start:], first_row=number)
    return [*found, grid]


def _next_table(grid: Grid) -> int | None:
    """The index of the line with which the next list begins: its title, if it has one."""
    header = find_header(grid, HEADINGS)
    if header is None:
        return None
    for at, line in enumerate(grid.lines):
        if line.number > header.rows[-1] and starts_other_table(header, line, HEADINGS):
            return _with_title(grid.lines, at, header.rows[-1])
    return None


def _with_title(lines: list[Line], at: int, header_row: int) -> int:
    while (above := lines[at - 1]).number > header_row and _is_title(above) and above.number == lines[at].number - 1:
        at -= 1
    return at


def _is_title(line: Line) -> bool:
    return len(line.filled()) == 1
