"""Published schemas of what the site serves to machines, and a parser that holds documents to them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
# A document from the site needs nothing from outside it, and gets nothing.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass
class Schema:
    file: str
    namespace: str

    @cached_property
    def check(self) -> etree.XMLSchema | etree.RelaxNG:
        document = etree.parse(HERE / self.file)
        return etree.RelaxNG(document) if self.file.endswith(".rng") else etree.XMLSchema(document)


ATOM = Schema("atom.rng", "http://www.w3.org/2005/Atom")
SITEMAP = Schema("sitemap.xsd", "http://www.sitemaps.org/schemas/sitemap/0.9")


def parsed(content: bytes, schema: Schema) -> etree._Element:
    """The root of `content`; an error that says where it departs from `schema`."""
    document = etree.fromstring(content, PARSER)
    schema.check.assertValid(document)
    return document
