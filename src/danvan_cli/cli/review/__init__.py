"""`danvan review`: verified scores beside what units gave themselves, round by round until they are official."""

from danvan_cli.lang import _

VERBS = {
    "show": _("điểm tự chấm và điểm thẩm định, từng tiêu chí"),
    "set": _("ghi điểm thẩm định khác với điểm tự chấm, ai, vì sao"),
    "ask": _("hỏi từng tiêu chí trong cửa sổ dòng lệnh"),
    "book": _("làm sổ thẩm định Excel cho cả khối"),
    "take": _("ghi sổ thẩm định đã điền, hoặc tệp ý kiến của một thành viên"),
    "tracked": _("ghi việc gửi đúng hạn, gửi muộn theo sổ theo dõi"),
    "inspect": _("ghi một cuộc kiểm tra, khảo sát"),
    "notice": _("ghi thông báo kết quả đã phát hành; kết thúc vòng này"),
    "explained": _("ghi công văn giải trình của đơn vị"),
    "final": _("chốt kết quả thẩm định"),
    "official": _("ghi điểm chính thức theo quyết định công nhận"),
    "letter": _("làm công văn giải trình của đơn vị"),
    "team": _("làm dự thảo quyết định thành lập Đoàn thẩm định"),
}
ABOUT = _(
    "Thẩm định bản tự chấm đơn vị đã gửi; bản đó giữ nguyên. Mỗi thay đổi ghi ai, ngày nào, vì sao. Các vòng: thẩm định"
    " bước đầu (set, ask, take), thông báo (notice), giải trình (explained), thẩm định lại, chốt (final), chính thức theo"
    " quyết định (official). Điểm đã chính thức chỉ sửa được cùng một quyết định mới."
)
EXAMPLES = (
    ("danvan review show so-y-te", _("điểm tự chấm và điểm thẩm định từng tiêu chí")),
    ("danvan review book --block so-ban-nganh", _("sổ thẩm định cả khối; điền xong: danvan review take TỆP.xlsx")),
)
