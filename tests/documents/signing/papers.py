"""Who signs what in these tests."""

import datetime as dt
from typing import NamedTuple

NOW = dt.datetime(2026, 11, 25, 18, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SECRET = "Jacaranda-en-flor-73"


class Person(NamedTuple):
    """Somebody with a certificate."""

    name: str
    rfc: str
    curp: str


ANA = Person(name="Ana Peña Ñúñez", rfc="PENA800101AB1", curp="PENA800101MDFXXN01")

PAPER = b"""
#set document(title: "Oficio")
#set text(lang: "es")
= Oficio
#lorem(60) #link("https://example.org")[enlace]
#pagebreak()
Segunda p\xc3\xa1gina.
"""
SLIP = b"""
#set page(width: 180pt, height: 60pt, margin: 4pt, fill: none)
#set text(size: 7pt, lang: "es")
*Firmado por* Ana Pe\xc3\xb1a \\
(entre par\xc3\xa9ntesis)
"""
MARGIN = b"""
#set page(paper: "a4", margin: 10pt, fill: none)
#set text(size: 9pt, lang: "es", fill: red)
#place(left + horizon, rotate(-90deg, reflow: true)[CERTIFICADO DE PRUEBA])
"""
