"""A unit's workbook: written from what is recorded, read back as what a person changed in it."""
