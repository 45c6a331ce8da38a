"""Writes files that are shown as cards: pdf, docx, zip, txt, vcf, ics."""

import zipfile
from pathlib import Path

_LINES = (
    "Fernhill Cycles, invoice 20418",
    "",
    "1  Trailhead 500, size M            1,890.00",
    "1  Front light, 60 lux                 49.00",
    "1  First service                        0.00",
    "",
    "Total                               1,939.00",
    "",
    "Thank you, and enjoy the ride.",
)
_CARD = """BEGIN:VCARD
VERSION:3.0
N:Okafor;Grace;;;
FN:Grace Okafor
ORG:Fernhill Cycles
TITLE:Workshop lead
TEL;TYPE=CELL:+14155550147
EMAIL:grace@fernhill.example
END:VCARD
"""
_EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Fernhill Cycles//Workshop//EN
BEGIN:VEVENT
UID:ride-62@fernhill.example
DTSTAMP:20261121T090000Z
DTSTART:20261128T083000Z
DTEND:20261128T130000Z
SUMMARY:Saturday gravel ride
LOCATION:Fernhill Cycles\\, 12 Mill Lane
DESCRIPTION:62 km with two climbs. Coffee before we leave.
END:VEVENT
END:VCALENDAR
"""
_DOCX = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Warranty terms of Fernhill Cycles: five years on the frame.</w:t></w:r></w:p>"
    "</w:body></w:document>",
}


def write_documents(folder: Path) -> None:
    """Write every document of the gallery."""
    (folder / "invoice 20418.pdf").write_bytes(_pdf())
    (folder / "Grace Okafor.vcf").write_text(_CARD.replace("\n", "\r\n"), "utf-8", newline="")
    (folder / "gravel ride.ics").write_text(_EVENT.replace("\n", "\r\n"), "utf-8", newline="")
    note = "\n".join(("Packing list", "- helmet", "- two bottles", "- spare tube", "- rain jacket", ""))
    (folder / "packing list.txt").write_text(note, "utf-8", newline="")
    _write_zip(folder / "warranty.docx", _DOCX)
    _write_zip(folder / "manuals.zip", {"brakes.txt": note * 8, "gears.txt": note * 5})


def _write_zip(file: Path, entries: dict[str, str]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 21, 9, 0, 0)), text)


def _pdf() -> bytes:
    """Return a page with the invoice, by hand: five objects and where they begin."""
    written = "\n".join(f"({line}) Tj T*" for line in _LINES)
    page = f"BT /F1 13 Tf 18 TL 60 770 Td\n{written}\nET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    body += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\n"
    return f"{body}startxref\n{body.index('xref')}\n%%EOF\n".encode()
