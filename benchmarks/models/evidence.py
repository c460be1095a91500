"""The shape of a piece of evidence, which a unit's file and its answers have alike."""

from datetime import date as day

from models import Shape


class Evidence(Shape):
    title: str
    number: str | None = None
    date: day | None = None
    period: str | None = None
    expires: day | None = None
    file: str | None = None
    sha256: str | None = None
    restricted: bool = False
