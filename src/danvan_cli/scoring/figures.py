"""Points and figures as sheets and the screen write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from danvan_cli.text import number

_EXACT: Final = Context(prec=60)


def shown_points(value: Decimal | int, places: int = 2) -> str:
    """Write points as sheets do: `87,50`."""
    return number(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT))


def shown_if(value: Decimal | None, places: int) -> str:
    """Write points as `shown_points` does; nothing where there are none."""
    return shown_points(value, places) if value is not None else ""


def exact(value: Decimal | None, places: int) -> str | None:
    """Write points for programs: `87.50`; None stays None."""
    return f"{value:.{places}f}" if value is not None else None


def plain_figure(value: Decimal | int) -> str:
    """Write a figure as it was given, without zeros that say nothing: `1.234,5`, `45`."""
    given = Decimal(value)
    whole = given == given.to_integral_value()
    return number(given.quantize(Decimal(1), context=_EXACT) if whole else given.normalize(_EXACT))
