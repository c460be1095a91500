"""Plans of many hands, made with the truth about them: what each paragraph is, whose each task is, by when.

Everything in them is made up: names of units are those of the shipped plan, numbers and days are nobody's.
"""

from __future__ import annotations

import io
import random
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from word_files import blank

if TYPE_CHECKING:
    from docx.document import Document

SHAPES: Final = (
    "nhãn gõ",
    "danh sách Word",
    "gạch đầu dòng",
    "dòng riêng",
    "bảng phụ lục",
    "ngắt dòng",
    "lỗi gõ, NFD",
    "nhiều bàn tay",
)
"""Labels typed; lists of Word's; dashes with brackets; lines of their own; a table in an annex; lines broken within a
paragraph; misprints and NFD; broken headings, text boxes, footnotes, content controls, tracked changes."""
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_UNITS: Final = {
    "Sở Nội vụ": "so-noi-vu", "Sở Tư pháp": "so-tu-phap", "Sở Tài chính": "so-tai-chinh", "Sở Y tế": "so-y-te",
    "Sở Văn hóa, Thể thao và Du lịch": "so-van-hoa", "Sở Khoa học và Công nghệ": "so-khoa-hoc", "Thanh tra tỉnh": "thanh-tra-tinh",
    "Sở Thông tin và Truyền thông": "so-thong-tin", "Văn phòng UBND tỉnh": "van-phong-ubnd", "Ban Dân tộc": "ban-dan-toc",
    "Sở Lao động - Thương binh và Xã hội": "so-lao-dong", "Sở Giáo dục và Đào tạo": "so-giao-duc",
}  # fmt: skip
_GROUPS: Final = {
    "Các sở, ban, ngành tỉnh": "so-ban-nganh", "UBND các huyện, thị xã, thành phố": "huyen", "Các cơ quan, đơn vị, địa phương": "all",
}  # fmt: skip
_VERBS: Final = ("rà soát", "tổ chức", "xây dựng", "triển khai", "đẩy mạnh", "nâng cao", "tuyên truyền", "kiểm tra")
_THINGS: Final = (
    "việc thực hiện dân chủ ở cơ sở", "hoạt động tiếp công dân", "mô hình Dân vận khéo trên các lĩnh vực", "thủ tục hành chính tại bộ phận một cửa",
    "văn hóa công sở trong cơ quan hành chính", "công tác phối hợp với Mặt trận và các đoàn thể", "việc đối thoại của người đứng đầu với Nhân dân",
    "công tác thông tin, tuyên truyền về dân vận", "phong trào thi đua ở khu dân cư", "kỹ năng vận động quần chúng cho cán bộ",
)  # fmt: skip
_WHERE: Final = (
    "tại các cơ quan, đơn vị", "trên địa bàn tỉnh", "ở vùng đồng bào dân tộc thiểu số", "theo hướng thiết thực, hiệu quả", "bảo đảm đúng quy định",
    "gắn với nhiệm vụ chính trị của địa phương", "phù hợp với tình hình thực tế; tránh hình thức, lãng phí", "tại cơ sở và khu dân cư",
)  # fmt: skip
_DUES: Final = (
    "trước ngày 15/3/2026", "Quý II/2026", "trong tháng 6/2026", "Thường xuyên", "chậm nhất ngày 30/9/2026", "Quý III/2026",
    "trước ngày 20/11/2026", "Hằng quý", "Tháng 5/2026", "Trong năm 2026",
)  # fmt: skip
_IN_TEXT: Final = (
    "trước ngày 15/3/2026",
    "trong quý II/2026",
    "chậm nhất ngày 30/9/2026",
    "trước ngày 20/11/2026",
    "trong tháng 6/2026",
)
_PRODUCTS: Final = ("Báo cáo của UBND tỉnh", "Kế hoạch được ban hành", "Quyết định phê duyệt", "Danh mục được công bố")
_AREAS: Final = (
    "Quán triệt chủ trương về công tác dân vận", "Phát triển kinh tế, chăm lo đời sống Nhân dân", "Cải cách hành chính, xây dựng chính quyền số",
    "Tiếp công dân, giải quyết khiếu nại, tố cáo", "Phát huy dân chủ ở cơ sở", "Đào tạo, bồi dưỡng đội ngũ làm dân vận",
)  # fmt: skip
_BODIES: Final = (("QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh"), ("KH-UBND", "Kế hoạch", "Ủy ban nhân dân tỉnh"), ("NQ-CP", "Nghị quyết", "Chính phủ"),
                  ("CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ"))  # fmt: skip


@dataclass
class MadeTask:
    """The truth of a task."""

    text: str
    owners: set[str] = field(default_factory=set)
    due: str = ""


@dataclass
class MadePlan:
    """A plan made: its file, each of its paragraphs and cells, and what they mean."""

    shape: str
    number: int
    data: bytes = b""
    paragraphs: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    tasks: list[MadeTask] = field(default_factory=list)
    citations: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"ke-hoach-{SHAPES.index(self.shape) + 1}-{self.number}.docx"


class Hand:
    """Writes one plan as one hand would."""

    def __init__(self, shape: str, number: int, *, accepted: bool = False) -> None:
        self.shape, self.number, self.accepted = shape, number, accepted
        self.chance = random.Random(f"{shape}{number}")
        self.made = MadePlan(shape, number)
        self.document: Document = blank()
        self.lists = self._lists() if shape == "danh sách Word" else {}
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(14)
        self.document.sections[0].page_width, self.document.sections[0].page_height = Cm(21), Cm(29.7)
        self.document.sections[0].left_margin, self.document.sections[0].right_margin = Cm(3), Cm(1.5)
        self.held: list[str] = []
        self.notes = 0

    def write(self) -> MadePlan:
        """Write the plan."""
        self.head()
        self.body()
        self.tail()
        if self.shape == "bảng phụ lục":
            self.annex()
        out = io.BytesIO()
        self.document.save(out)
        self.made.data = out.getvalue()
        return self.made

    # Parts -------------------------------------------------------------------------------------------------------

    def head(self) -> None:
        left = ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC"]
        right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        day = "Bình Phước, ngày 12 tháng 01 năm 2026"
        table = self.document.add_table(2, 2)
        for cell, lines in (
            (table.cell(0, 0), left),
            (table.cell(0, 1), right),
            (table.cell(1, 0), ["Số: 21/KH-UBND"]),
            (table.cell(1, 1), [day]),
        ):
            for at, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                run = paragraph.add_run(self.form(line))
                run.bold, run.font.size = len(lines) > 1, Pt(10)
                self.made.paragraphs.append(line)
        self.para("KẾ HOẠCH", bold=True, centred=True)
        self.para(
            f"Thực hiện công tác dân vận chính quyền năm 2026 {self.chance.choice(['trên địa bàn tỉnh', 'của tỉnh'])}",
            bold=True,
            centred=True,
        )

    def body(self) -> None:
        cited = [self.cite() for _ in range(3)]
        self.para(f"Thực hiện {cited[0]} và {cited[1]}, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:")
        self.section("I", "MỤC ĐÍCH, YÊU CẦU")
        self.area(
            1,
            "Mục đích",
            [
                "Nâng cao nhận thức của cán bộ, công chức về công tác dân vận.",
                "Phát huy vai trò của chính quyền các cấp trong công tác dân vận.",
            ],
        )
        self.area(2, "Yêu cầu", [f"Bám sát {cited[2]} và tình hình thực tế của địa phương."])
        broken = self.shape == "nhiều bàn tay"
        if self.shape == "bảng phụ lục":
            self.section("II", "NHIỆM VỤ")
            self.para("Nội dung cụ thể nêu tại Phụ lục kèm theo.")
        else:
            self.section("II", "NHIỆM VỤ VÀ GIẢI PHÁP TRỌNG TÂM" if broken else "NHIỆM VỤ TRỌNG TÂM", broken=broken)
            for at, area in enumerate(self.chance.sample(_AREAS, 3), start=1):
                self.tasks(at, area)
        self.section("II" if self.shape == "lỗi gõ, NFD" else "III", "TỔ CHỨC THỰC HIỆN")
        self.title(1, "Sở Nội vụ")
        self.para("Theo dõi, đôn đốc, tổng hợp kết quả thực hiện, báo cáo Ủy ban nhân dân tỉnh.")
        self.title(2, "Các sở, ban, ngành tỉnh và UBND các huyện, thị xã, thành phố")
        self.point("a", "Xây dựng kế hoạch thực hiện của cơ quan, đơn vị, địa phương mình trước ngày 15/02/2026.")
        self.point(
            "b",
            "Báo cáo kết quả thực hiện 06 tháng (trước ngày 10/6/2026), 01 năm (trước ngày 10/11/2026) về Sở Nội vụ.",
        )
        self.flush()
        self.para(
            "Trong quá trình thực hiện, nếu có vướng mắc kịp thời phản ánh về Ủy ban nhân dân tỉnh (qua Sở Nội vụ) để xem xét, giải quyết./."
        )

    def tail(self) -> None:
        lines = [
            "- Thường trực Tỉnh ủy;",
            "- Các sở, ban, ngành tỉnh;",
            "- UBND các huyện, thị xã, thành phố;",
            "- Lưu: VT, NC.",
        ]
        table = self.document.add_table(1, 2)
        signs = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Nguyễn Văn Ví"]
        for side, some in enumerate((["Nơi nhận:", *lines], signs)):
            cell = table.cell(0, side)
            for at, line in enumerate(some):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                run = paragraph.add_run(self.form(line))
                run.bold, run.font.size = side == 1, Pt(14 if side else 11)
                if side:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                if line:
                    self.made.paragraphs.append(line)

    def annex(self) -> None:
        section = self.document.add_section()
        section.orientation, section.page_width, section.page_height = (
            WD_ORIENT.LANDSCAPE,
            section.page_height,
            section.page_width,
        )
        self.para("Phụ lục", bold=True, centred=True)
        self.para("DANH MỤC NHIỆM VỤ NĂM 2026", bold=True, centred=True)
        self.made.sections.append("DANH MỤC NHIỆM VỤ NĂM 2026")
        heads = ["TT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", "", "Thời gian hoàn thành", "Sản phẩm"]
        second = ["", "", "Chủ trì", "Phối hợp", "", ""]
        rows: list[list[str]] = []
        table = self.document.add_table(2, 6)
        table.style = "Table Grid"
        for at, (one, two) in enumerate(zip(heads, second, strict=True)):
            table.cell(0, at).text, table.cell(1, at).text = one, two
        for at in (0, 1, 4, 5):
            table.cell(0, at).merge(table.cell(1, at))
        table.cell(0, 2).merge(table.cell(0, 3))
        self.made.paragraphs += [one for one in (*heads, *second) if one]
        number = 0
        for group in self.chance.sample(_AREAS, 3):
            cells = table.add_row().cells
            cells[0].merge(cells[5]).text = f"{'ABC'[number % 3]}. {group}"
            self.made.paragraphs.append(f"{'ABC'[number % 3]}. {group}")
            for _ in range(4):
                number += 1
                lead, partner = self.who(), self.who(group=True)
                due = self.chance.choice(_DUES)
                text = self.sentence()
                rows.append([str(number), text, lead, partner, due, self.chance.choice(_PRODUCTS)])
                for cell, said in zip(table.add_row().cells, rows[-1], strict=True):
                    cell.text = self.form(said)
                    self.made.paragraphs.append(said)
                self.made.tasks.append(MadeTask(text, {self.id(lead), self.id(partner)}, due))

    # Sections ----------------------------------------------------------------------------------------------------

    def section(self, number: str, heading: str, *, broken: bool = False) -> None:
        self.flush()
        if self.lists:
            self.made.sections.append(f"{number}. {heading}")
            self.para(heading, bold=True, level=0, label=f"{number}.")
        elif broken:
            one, _, two = heading.partition(" GIẢI PHÁP")
            self.made.sections.append(f"{number}. {heading}")
            self.para(f"{number}. {one}", bold=True)
            self.para(f"GIẢI PHÁP{two}", bold=True)
        else:
            self.made.sections.append(f"{number}. {heading}")
            self.para(f"{number}. {heading}", bold=self.shape != "lỗi gõ, NFD")

    def area(self, number: int, name: str, lines: list[str]) -> None:
        self.title(number, name)
        for line in lines:
            self.dash(line)
        self.flush()

    def title(self, number: int, name: str) -> None:
        self.flush()
        if self.lists:
            self.para(name, bold=True, level=1, label=f"{number}.")
        elif self.shape == "ngắt dòng":
            self.held.append(f"{number}. {name}")
        else:
            self.para(f"{number}.{'' if self.shape == 'lỗi gõ, NFD' else ' '}{name}", bold=self.shape != "lỗi gõ, NFD")

    def point(self, letter: str, text: str) -> None:
        if self.lists:
            self.para(text, level=2, label=f"{letter})")
        elif self.shape == "ngắt dòng":
            self.held.append(f"{letter}) {text}")
        else:
            self.para(f"{letter}) {text}")

    def dash(self, text: str) -> None:
        if self.lists:
            self.para(text, level=3, label="-")
        elif self.shape == "ngắt dòng":
            self.held.append(f"- {text}")
        else:
            self.para(f"- {text}")

    def flush(self) -> None:
        """Write what one paragraph with broken lines holds."""
        if self.held:
            paragraph = self.document.add_paragraph()
            for at, line in enumerate(self.held):
                run = paragraph.add_run(self.form(line))
                if at < len(self.held) - 1:
                    run.add_break(WD_BREAK.LINE)
            self.made.paragraphs += self.held
            self.held = []

    def tasks(self, number: int, area: str) -> None:
        self.title(number, area)
        for at in range(self.chance.randint(2, 4)):
            self.task("abcd"[at])
        self.flush()

    def task(self, letter: str) -> None:
        lead, partner = self.who(), self.who(group=self.chance.random() < 0.4)
        owners = {self.id(lead), self.id(partner)}
        match self.shape:
            case "gạch đầu dòng":
                due = self.chance.choice(_IN_TEXT)
                text = f"{self.sentence()[:-1]} ({lead} chủ trì, phối hợp với {partner}; hoàn thành {due})."
                self.dash(text)
            case "dòng riêng":
                due = self.chance.choice(_DUES)
                text = self.sentence()
                self.para(f"- {text}")
                self.para(f"+ Cơ quan chủ trì: {lead}.")
                self.para(f"+ Cơ quan phối hợp: {partner}.")
                self.para(f"+ Thời gian thực hiện: {due}.")
                self.para(f"+ Sản phẩm: {self.chance.choice(_PRODUCTS)}.")
            case _:
                due = self.chance.choice(_IN_TEXT)
                text = f"{lead} chủ trì, phối hợp với {partner} {self.sentence(small=True)[:-1]}, hoàn thành {due}."
                self.point(letter, text)
        self.made.tasks.append(MadeTask(text, owners, due))

    # Words -------------------------------------------------------------------------------------------------------

    def who(self, *, group: bool = False) -> str:
        return self.chance.choice([*(_GROUPS if group else _UNITS)])

    def id(self, name: str) -> str:
        return {**_UNITS, **_GROUPS}[name]

    def sentence(self, *, small: bool = False) -> str:
        parts = [self.chance.choice(_VERBS), self.chance.choice(_THINGS), self.chance.choice(_WHERE)]
        if self.chance.random() < 0.3:
            parts.append(f"theo {self.cite()}")
        said = " ".join(parts)
        return (said if small else said[0].upper() + said[1:]) + "."

    def cite(self) -> str:
        code, kind, of = self.chance.choice(_BODIES)
        symbol = f"{self.chance.randint(10, 2900)}/{code}"
        self.made.citations.add(symbol)
        return f"{kind} số {symbol} ngày {self.chance.randint(10, 28)}/{self.chance.randint(3, 12)}/2025 của {of}"

    # Paragraphs --------------------------------------------------------------------------------------------------

    def form(self, text: str) -> str:
        return unicodedata.normalize("NFD", text) if self.shape == "lỗi gõ, NFD" else text

    def para(
        self, text: str, *, bold: bool = False, centred: bool = False, level: int | None = None, label: str = ""
    ) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
        if not centred:
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.paragraph_format.space_after = Pt(6)
        self.made.paragraphs.append(f"{label} {text}" if label else text)
        if level is not None:
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_numId().val, number.get_or_add_ilvl().val = 77, level
        if self.shape == "nhiều bàn tay" and not bold and len(text) > 60:
            self._by_many(paragraph, text)
            return
        run = paragraph.add_run(self.form(text))
        run.bold = bold

    def _by_many(self, paragraph: Any, text: str) -> None:
        """Write a paragraph with a word put in, one taken out, a content control, a text box before it."""
        first, rest = text[:20], text[20:]
        paragraph.add_run(first)
        middle, last = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        kind = self.chance.randint(0, 3)
        if kind == 0:
            piece = parse_xml(
                f'<w:ins {_W} w:id="1" w:author="A"><w:r><w:t xml:space="preserve">{middle}</w:t></w:r></w:ins>'
            )
            paragraph._p.append(piece)
            gone = parse_xml(
                f'<w:del {_W} w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">chữ bỏ </w:delText></w:r></w:del>'
            )
            if not self.accepted:  # LibreOffice prints what is struck, too
                paragraph._p.append(gone)
        elif kind == 1:
            paragraph._p.append(
                parse_xml(
                    f'<w:sdt {_W}><w:sdtContent><w:r><w:t xml:space="preserve">{middle}</w:t></w:r></w:sdtContent></w:sdt>'
                )
            )
        else:
            paragraph.add_run(middle)
        paragraph.add_run(last)

    def _lists(self) -> dict[str, str]:
        """Give the document a list of four levels: I. 1. a) -."""
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
            for at, (form, text) in enumerate(
                (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
            )
        )
        abstract = parse_xml(
            f'<w:abstractNum {_W} w:abstractNumId="99"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {_W} w:numId="77"><w:abstractNumId w:val="99"/></w:num>'))
        return {"I": "77"}


def plans(each: int = 5, *, accepted: bool = False) -> list[MadePlan]:
    """Make so many plans of each shape; with tracked changes accepted, for printing."""
    return [Hand(shape, number, accepted=accepted).write() for shape in SHAPES for number in range(1, each + 1)]
