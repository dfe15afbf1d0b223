"""Office documents that are zips (Word, Excel, PowerPoint, LibreOffice): macros, and what they load.

Parts are judged by their content, not by their names. Links to click, pictures from the web, a template on
the author's disk and the workbook behind a chart are accepted, since ordinary documents have them.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from bot.evidence.kinds import formulas
from bot.evidence.kinds import packed as zips
from bot.evidence.kinds.places import is_elsewhere
from bot.evidence.kinds.verdict import CARRIES, LOADS, LOCKED, Sniffed, refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_PART = 64 * 1024 * 1024  # bytes of XML that are searched
LARGEST_WORKBOOK = 20 * 1024 * 1024  # bytes of the workbook behind a chart
TYPES = "[content_types].xml"
MACRO_TYPES = (
    "macroenabled",
    "vbaproject",
    "vbadata",
    "macrosheet",
    "dialogsheet",
    "ms-word.attachedtoolbars",
)
ACTIVE_TYPES = ("activex",)
FIELD = "\x13"  # the beginning of a field in the text of `_fields`
FIELDS = re.compile(
    r"(?:^|[\s\x13])(?:DDE|DDEAUTO|INCLUDETEXT)\s|\x13\s{0,40}(?:LINK|DATABASE)\s|QUOTE(?:\s+\d+){3}",
    re.IGNORECASE,
)
BY_ITSELF = re.compile(rb"ppaction://(?:program|macro|ole)", re.IGNORECASE)  # actions of slides
OUTWARD = re.compile(rb"ddeLink|oleLink|connection|queryTable", re.IGNORECASE)  # parts that may load
WITHIN = ("microsoft.mashup", "$workbook$", "worksheet;")  # connections of a workbook to itself
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")  # no part of a document begins so, whatever its name
# Relationships to what is outside the document, by the end of their type.
HARMLESS_OUTSIDE = ("hyperlink", "image", "video", "audio", "media")
WORKBOOK = ("externallinkpath", "xlpathmissing")
OWN_DISK = re.compile(r"(file:/{1,3})?([a-z]:|/?(users|home)/)|[^/\\:]+$", re.IGNORECASE)
EMBEDDED = ("oleobject", "package", "control", "afchunk", "subdocument", "frame", "vbaproject")
# For OpenDocument.
BASIC = ("sun.star.basic", "sun.star.dialog", "application/vnd.sun.star.script", "text/x-python")
OPEN_SCRIPTS = re.compile(
    rb"vnd\.sun\.star\.script:|<script:event-listener|<script:module|macro:///|<text:script|<draw:applet"
    rb"|<draw:plugin|<draw:floating-frame|dde-source|dde-connection"
)
OPEN_LOADS = re.compile(
    rb"<(?:text:section-source|table:table-source|table:cell-range-source|draw:object|draw:object-ole)\b"
    rb"[^>]{0,2000}?xlink:href\s*=\s*[\"'](?:https?:|ftp:|smb:|(?:web)?dav:|//|\\\\)",
    re.IGNORECASE,
)


def microsoft(packed: zipfile.ZipFile) -> Sniffed | None:
    """Return why a document of Word, Excel or PowerPoint may not be kept, or None."""
    members = packed.infolist()
    types = next((_text(packed, each) for each in members if each.filename.lower() == TYPES), "").lower()
    if any(each in types for each in MACRO_TYPES):
        return refused()
    if any(each in types for each in ACTIVE_TYPES):
        return refused(CARRIES)
    for member in members:
        if (found := _carried(packed, member)) is not None:
            return found
    return _relations(packed) or _parts(packed)


def _carried(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Sniffed | None:
    """Return a refusal if a part is a program, an object, or another document's macros; else None."""
    beginning = zips.beginning(packed, member, len(OLE))
    if beginning.startswith(PROGRAMS):
        return refused()
    return refused(CARRIES) if beginning == OLE else None


def _relations(packed: zipfile.ZipFile) -> Sniffed | None:
    for member in packed.infolist():
        if not member.filename.lower().endswith(".rels"):
            continue
        for kind, target, is_outside in _relationships(packed, member):
            if is_outside and not _is_harmless(kind, target):
                return refused(LOADS)
            if not is_outside and kind in EMBEDDED and not _is_chart(packed, member, kind, target):
                return refused(CARRIES)
    return None


def _relationships(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[str, str, bool]]:
    """Yield the end of the type in lower case, the target, and whether that is outside the document."""
    for element in _elements(packed, member):
        if _local(element) == "relationship":
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2].lower()
            mode = element.get("TargetMode", "").strip().lower()
            yield kind, element.get("Target", "").strip(), mode == "external"


def _is_harmless(kind: str, target: str) -> bool:
    if kind == "image":
        return not target.startswith("\\\\") and not target.lower().startswith("file:")
    if kind == "attachedtemplate":
        return OWN_DISK.match(target) is not None
    if kind in WORKBOOK or (kind.startswith("xl") and kind.endswith("pathmissing")):
        return not is_elsewhere(target)
    return kind in HARMLESS_OUTSIDE


def _is_chart(packed: zipfile.ZipFile, rels: zipfile.ZipInfo, kind: str, target: str) -> bool:
    """Return whether it is the workbook behind a chart, and would be accepted as a file of its own."""
    if kind != "package" or "/charts/" not in rels.filename.lower():
        return False
    name = target.rpartition("/")[2]
    workbook = next((each for each in packed.infolist() if each.filename.endswith(f"/{name}")), None)
    if workbook is None or workbook.file_size > LARGEST_WORKBOOK:
        return False
    with packed.open(workbook) as file:
        content = BytesIO(b"".join(zips.pieces(file, LARGEST_WORKBOOK)))
    with zipfile.ZipFile(content) as inner:
        return not zips.is_locked(inner) and microsoft(inner) is None


def _parts(packed: zipfile.ZipFile) -> Sniffed | None:
    """Return a refusal if fields, links or data connections would load something, else None."""
    for member in packed.infolist():
        name = member.filename.lower()
        if name.startswith("word/") and name.endswith(".xml"):
            if FIELDS.search(_fields(packed, member)):
                return refused(LOADS)
        elif _is_xml(packed, member) and _part_loads(packed, member):
            return refused(LOADS)
    return None


def _is_xml(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Return whether a part is XML, by its first bytes, since parts may have any name."""
    return _utf8(zips.beginning(packed, member, 64)).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _part_loads(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    content = _utf8(zips.beginning(packed, member, LARGEST_PART))
    if BY_ITSELF.search(content):
        return True
    if OUTWARD.search(content) and any(map(_asks, _elements(packed, member))):
        return True
    if b"<!" in content or content.find(b"<?", 5) >= 0:  # comments may be inside a formula
        whole = (each for each in _elements(packed, member) if formulas.ELEMENT.fullmatch(_name(each)))
        return any(formulas.loads(each.xpath("string()")) for each in whole)
    return any(map(formulas.loads, formulas.of_excel(content)))


def _fields(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """Return the text of all fields of the part together, since a field may be split into runs."""
    said = []
    for element in _elements(packed, member):
        if _local(element) == "instrtext":
            said.append(element.text or "")
        elif _local(element) == "fldsimple":
            instructions = (value for name, value in element.attrib.items() if name.endswith("instr"))
            said += [FIELD, *instructions, " "]
        elif _local(element) == "fldchar":
            said.append(FIELD if "begin" in element.attrib.values() else "")
    return "".join(said)


def _asks(element: Any) -> bool:
    """Return whether the element makes the workbook query another program, machine or database."""
    kind, said = _local(element), dict(element.attrib)
    if kind in ("connection", "querytable"):
        return any(said.get(name, "0") not in ("0", "false") for name in ("refreshOnLoad", "interval"))
    if kind == "dbpr":
        return not any(each in said.get("connection", "").lower() for each in WITHIN)
    if kind == "textpr":
        return is_elsewhere(said.get("sourceFile", ""))
    return kind in ("ddelink", "olelink") or (kind == "webpr" and "url" in said)


def _elements(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Any]:
    """Yield every element of a part in order, whatever its encoding; nothing if it is not XML."""
    from lxml import etree

    with packed.open(member) as file:
        content = b"".join(zips.pieces(file, LARGEST_PART))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is not None:
        yield from (each for each in root.iter() if isinstance(each.tag, str))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _local(element: Any) -> str:
    return _name(element).lower()


def _text(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """Return the values of all attributes of a part, and its bytes as Latin-1."""
    values = [value for element in _elements(packed, member) for value in element.attrib.values()]
    return "\n".join([*values, zips.beginning(packed, member, LARGEST_PART).decode("latin-1")])


def libre(packed: zipfile.ZipFile) -> Sniffed | None:
    """Return why an OpenDocument may not be kept, or None."""
    for member in packed.infolist():
        name = member.filename.lower()
        if name.startswith(("basic/", "scripts/", "dialogs/")) and not member.is_dir():
            return refused()
        if (found := _carried(packed, member)) is not None:
            return found
        if name.endswith("manifest.xml"):
            manifest = _text(packed, member).lower()
            if "encryption-data" in manifest:
                return Sniffed(reason="unreadable_kind", detail=LOCKED)
            if any(each in manifest for each in BASIC):
                return refused()
        elif name.endswith((".xml", ".rdf")):
            content = _utf8(zips.beginning(packed, member, LARGEST_PART))
            if OPEN_SCRIPTS.search(content):
                return refused()
            if OPEN_LOADS.search(content) or any(map(formulas.loads, formulas.of_libre(content))):
                return refused(LOADS)
    return None


def _utf8(content: bytes) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode()
    if content.startswith((b"<\0", b"\0<")):
        return content.decode("utf-16-le" if content[0] else "utf-16-be", "replace").encode()
    return content
