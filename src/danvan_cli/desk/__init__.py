"""What each command does, as functions that take plain values and return what happened; they print nothing.

What a user typed is read here: a unit, a block, a report, a task by its id or name (no unit: the one whose folder is
the current one), a day as people write it. What a person has edited is overwritten with `force` only, and a copy kept.
What may go wrong is the same all over this room; a docstring names only what nobody would expect:

- UsageError: what was named is not there, means several things, is no such value, or does not go together; a file that
  cannot be read at all, or bears a mark of secrecy.
- InvalidFileError: a file has errors, or would have; then it is left as it was.
- TemplateError: the workspace's own template is wrong.
- any other DanvanError: what the user must settle first, such as what others write, or what a person has edited.
"""
