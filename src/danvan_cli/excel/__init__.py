"""Workbooks: a unit's year out as .xlsx, and what people typed read back."""
