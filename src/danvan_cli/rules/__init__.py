"""The rules: one function a rule, each gives findings; which rules there are stands in `check.py`."""
