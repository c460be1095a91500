"""The shapes of danvan's files for the floors: the fields of its models without their checks of form, messages and places.

Each module is named by the `format` of its file; `tests/test_benchmarks.py` holds it against the model of today.
"""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A model that is built when it is used."""

    model_config = ConfigDict(defer_build=True)
