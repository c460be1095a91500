"""The floor of each command: the plainest program that does without nothing the command cannot do without.

    python -c 'from floors import run; run()' help 8 --help                    a command of eight options, its help
    python -c 'from floors import run; run()' read 8 plan.yaml a.docx          reads files
    python -c 'from floors import run; run()' make 8 a.md.j2 plan.yaml         the same, and makes a document
    python -c 'from floors import run; run()' book 8 plan.yaml unit.yaml       reads files, makes an empty workbook
    python -c 'from floors import run; run()' schema 1                         gives the JSON Schema of a plan

What a floor pays for, and why no program does without:

- Files of YAML are read by libyaml's own loader and validated: `models` has the fields of our models, without their checks
  of form, messages and places. Only models that the named files need are built, and those when they are used.
- Of Word files and workbooks each part is parsed: who passes on or takes in what people wrote has to look through it.
- Templates are the users' to change, so whoever makes a document by them parses their Markdown and compiles their Jinja.

Nor do floors pay for what can be had for nothing: pydantic's plugins are not looked for.
No program with these libraries, a command line and files of these types starts faster.
"""

import inspect
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any


def read(files: list[Path]) -> None:
    """Read files: those of YAML are validated, the parts of Word files and workbooks parsed, templates compiled."""
    of_yaml, packed, templates = ([one for one in files if one.suffix in ends] for ends in (YAML, PACKED, TEMPLATES))
    if of_yaml:
        import yaml

        for path in of_yaml:
            values = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            shape(values["format"]).model_validate(values)
    if packed:
        import zipfile

        from lxml import etree

        for path in packed:
            with zipfile.ZipFile(path) as zipped:
                for name in zipped.namelist():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(zipped.read(name))
    if templates:
        compiled(templates)


YAML, PACKED, TEMPLATES = {".yaml"}, {".docx", ".xlsx"}, {".j2"}


def shape(name: str) -> Any:
    """Give the shape of files of a format."""
    module = import_module(f"models.{name.removeprefix('danvan-').partition('/')[0]}")
    return next(one for one in vars(module).values() if "format" in getattr(one, "model_fields", ()))


def compiled(paths: list[Path]) -> None:
    """Compile templates, and the parts that they include."""
    import jinja2
    import jinja2.meta
    import markdown_it

    environment, markdown = jinja2.Environment(autoescape=True), markdown_it.MarkdownIt()
    for path in paths:  # grows while it is walked
        text = path.read_text("utf-8")
        markdown.parse(text)
        tree = environment.parse(text)
        environment.filters.update((one.name, str) for one in tree.find_all(jinja2.nodes.Filter))
        environment.compile(tree)
        parts = (path.with_name(f"{name}.md.j2") for name in jinja2.meta.find_referenced_templates(tree) if name)
        paths += [one for one in parts if one not in paths]


def run() -> None:
    """Run the floor that the command line names."""
    import typer

    kind, count, *arguments = sys.argv[1:]
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

    def nothing(files: list[Path] | None, **_options: str) -> None:
        read(files or [])
        if kind == "make":
            import zipfile

            del zipfile
        elif kind == "book":
            from io import BytesIO

            import xlsxwriter

            xlsxwriter.Workbook(BytesIO()).close()
        elif kind == "schema":
            import json

            print(json.dumps(shape("plan").model_json_schema(), indent=2))

    keyword = inspect.Parameter.KEYWORD_ONLY
    option = Annotated[str, typer.Option(metavar="X", help="what it is for, in about as many words as ours")]
    given = [inspect.Parameter(f"option_{i}", keyword, default="", annotation=option) for i in range(int(count))]
    files = inspect.Parameter("files", keyword, default=None, annotation=Annotated[list[Path], typer.Argument()])
    vars(nothing)["__signature__"] = inspect.Signature([files, *given])
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.command()(nothing)
    app(arguments)
