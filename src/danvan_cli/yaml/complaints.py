"""What the parser of YAML complains of, in words that help."""

from __future__ import annotations

from danvan_cli.lang import _


def complaint(problem: str) -> tuple[str, str | None]:
    """Say the parser's complaint in Vietnamese, and what to write instead."""
    quote = _('giá trị có dấu hai chấm, dấu # hoặc bắt đầu bằng ký hiệu thì đặt trong dấu nháy kép: "…"')
    table = (
        ("mapping values are not allowed", _("dấu hai chấm ở chỗ không được có"), quote),
        ("could not find expected ':'", _("thiếu dấu hai chấm sau tên khóa"), _("viết «khóa: giá trị», sau dấu hai chấm có một dấu cách")),
        ("did not find expected key", _("dòng thụt vào không thẳng với các khóa cùng mục, hoặc thiếu dấu nháy"), quote),
        ("did not find expected '-' indicator", _("mục này không thẳng hàng với các mục «-» khác"), _("các dấu «-» của một danh sách thẳng một cột")),
        ("block sequence entries are not allowed", _("mục «-» ở chỗ không được có"), _("xuống dòng trước dấu «-»")),
        ("did not find expected ',' or ']'", _("danh sách [ ] thiếu dấu phẩy hoặc dấu ]"), _("ví dụ: owners: [so-y-te, so-noi-vu]")),
        ("did not find expected ',' or '}'", _("mục { } thiếu dấu phẩy hoặc dấu }"), quote),
        ("cannot start any token", _("giá trị không được bắt đầu bằng ký tự này"), quote),
        ("unexpected end of stream", _("dấu nháy mở ra mà không đóng lại"), _("thêm dấu nháy đóng ở cuối giá trị")),
        ("unknown escape character", _("sau dấu \\ trong dấu nháy kép là ký tự không hiểu được"), _("viết \\\\ cho một dấu \\, hoặc dùng dấu nháy đơn")),
        ("did not find expected <document start>", _("phần này không thuộc mục nào ở trên"), _("kiểm tra thụt dòng")),
        ("found undefined tag", _("thẻ không được dùng"), None),
    )  # fmt: skip
    return next(((what, how) for words, what, how in table if words in problem), (_("sai cú pháp YAML"), quote))
