"""danvan: a province's yearly plan of công tác dân vận chính quyền as checked data, and the documents made from it."""

__version__ = "1.0.0"
