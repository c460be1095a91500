"""What goes into a package."""

from __future__ import annotations

import io

from docx import Document

from danvan_cli.papers.bundle import numbered_document
from templates_made import render

SOURCE = """---
letterhead: null
---
Số: {{ number }}/BC-SYT

{{ said }}

{% if number %}
Ban hành kèm theo.
{% endif %}

Hết./.
"""


def test_an_older_document_gets_its_number_and_keeps_its_words_whatever_else_stands_where_there_is_one() -> None:
    there, before, after = (
        render(SOURCE, {"number": number, "said": said}).data
        for number, said in (("", "Như đã gửi."), ("", "Ghi sau."), ("45", "Ghi sau."))
    )
    told = [one.text for one in Document(io.BytesIO(numbered_document(there, before, after))).paragraphs if one.text]
    assert told == ["Số: 45/BC-SYT", "Như đã gửi.", "Hết./."]
