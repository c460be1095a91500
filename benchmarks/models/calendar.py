"""The shape of a calendar."""

from datetime import date as day
from typing import Literal

from models import Shape


class NamedDay(Shape):
    date: day
    name: str


class Year(Shape):
    year: int
    source: str
    confirmed: bool = True
    holidays: list[NamedDay] = []
    working_days: list[NamedDay] = []


class Calendar(Shape):
    format: Literal["danvan-calendar/1"]
    years: list[Year] = []
