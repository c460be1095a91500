"""A Word document being edited: properties set at their places, runs taken out and put in, parts added; all else stays."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped]

from danvan_cli.ooxml.docx import SPACE, R, W, local, parse, relations_of
from danvan_cli.ooxml.parts import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.ooxml.docx import Word

# Children in the order that the format asks for (ECMA-376 Part 1, 17.3.1.26, 17.3.2.28, 17.6.17).
_ORDER: Final = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
}  # fmt: skip
_PLACES: Final = {name: {child: at for at, child in enumerate(order.split())} for name, order in _ORDER.items()}

_NO_RELATIONS: Final = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def put(properties: Any, child: Any) -> None:
    """Put a child into properties, at the place that the format has for it."""
    place = _PLACES[local(properties)]
    after = (at for at, one in enumerate(properties) if place.get(local(one), 99) > place[local(child)])
    properties.insert(next(after, len(properties)), child)


class DocumentEdit:
    """A document being edited: which trees changed, which parts are new; `word` shows it as it is now."""

    def __init__(self, word: Word) -> None:
        self.word = replace(word, others=dict(word.others))
        self._trees = dict(word.trees)
        self._changed: set[str] = set()
        self._new: dict[str, Any] = {}

    def touch(self, element: Any) -> None:
        """Note that the part of an element has changed."""
        root = element.getroottree().getroot()
        self._changed |= {name for name, tree in self._trees.items() if tree is root}

    def set(self, parent: Any, name: str, **values: str | None) -> None:
        """Set attributes of a parent's child, which is made at its place if it is missing; None takes one away."""
        child = parent.find(f"{W}{name}")
        if child is None:
            child = etree.Element(f"{W}{name}")
            put(parent, child)
            self.touch(child)
        self.attributes(child, **values)

    def attributes(self, element: Any, **values: str | None) -> None:
        """Set attributes of an element; None takes one away."""
        for key, value in values.items():
            if element.get(name := f"{W}{key}") == value:
                continue
            self.touch(element)
            if value is None:
                del element.attrib[name]
            else:
                element.set(name, value)

    def properties(self, element: Any) -> Any:
        """Give a run's or a paragraph's properties, made if they are missing."""
        name = f"{W}{local(element)}Pr"
        found = element.find(name)
        if found is None:
            found = etree.Element(name)
            element.insert(0, found)
        return found

    def text(self, piece: Any, said: str) -> None:
        """Let a piece of a run say something else."""
        self.touch(piece)
        piece.text = said
        if said != said.strip():
            piece.set(SPACE, "preserve")

    def cut(self, runs: Iterable[Any]) -> None:
        """Take runs out."""
        for run in runs:
            self.touch(run)
            run.getparent().remove(run)

    # Parts -----------------------------------------------------------------------------------------------------------

    def part(self, kind: str, root: Any, like: Any | None = None) -> str:
        """Add a header or a footer, with the relations of the one that it is like; give the relation's id."""
        main = self.word.main
        folder = posixpath.dirname(main)
        taken = {*self.word.parts, *self._new}
        name = next(
            one for n in range(1, len(taken) + 2) if (one := posixpath.join(folder, f"{kind}{n}.xml")) not in taken
        )
        rels = self._tree(relations_of(main))
        used = {relation.get("Id") for relation in rels}
        key = next(one for n in range(1, len(used) + 2) if (one := f"rIdSoTrang{n}") not in used)
        space = rels.tag.removesuffix("Relationships")
        etree.SubElement(
            rels, f"{space}Relationship", Id=key, Type=f"{_RELATION}{kind}", Target=posixpath.basename(name)
        )
        types = self._tree("[Content_Types].xml")
        space = types.tag.removesuffix("Types")
        etree.SubElement(types, f"{space}Override", PartName=f"/{name}", ContentType=f"{_CONTENT}{kind}+xml")
        for tree in (rels, types):
            self.touch(tree)
        of = next((one for one, tree in self._trees.items() if tree is like), "")
        if of and (old := relations_of(of)) in self.word.parts:
            self._new[relations_of(name)] = parse(old, self.word.parts[old], self.word.path)
        self._new[name] = self._trees[name] = root
        self.word.others[key] = root  # type: ignore[index]  # a copy of our own
        return key

    def refer(self, section: Any, kind: str, which: str, key: str) -> None:
        """Let a section have a part as its header or footer."""
        tag = f"{W}{kind}Reference"
        found = next((one for one in section.iterfind(tag) if one.get(f"{W}type", "default") == which), None)
        if found is None:
            found = etree.Element(tag, {f"{W}type": which})
            section.insert(0, found)
        found.set(f"{R}id", key)
        self.touch(section)

    def _tree(self, name: str) -> Any:
        """Give the tree of a part that was not needed until now; what lacks is a part of relations, empty."""
        return self._trees.setdefault(name, parse(name, self.word.parts.get(name, _NO_RELATIONS), self.word.path))

    # Out -------------------------------------------------------------------------------------------------------------

    def written(self, data: bytes) -> bytes:
        """Write the file: parts that did not change keep their bytes."""
        if not self._changed and not self._new:
            return data
        trees = {name: self._trees[name] for name in self._changed} | self._new
        parts = {name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
                 for name, tree in trees.items()}  # fmt: skip
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry, parts.pop(entry.filename, None) or unpacked(old, entry), zipfile.ZIP_DEFLATED)
            for name in sorted(parts):
                new.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()
