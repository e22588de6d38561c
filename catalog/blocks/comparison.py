"""Two or more things beside each other, feature by feature."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .features import PROCEDURES
from .grids import ComparisonGridBlock, Grid, LabelledRow, labelled_rows


@dataclass(frozen=True)
class ComparedRow:
    """What is compared, and what is so in each column."""

    label: str
    cells: list[str]


class ComparisonValue(blocks.StructValue):
    @cached_property
    def grid(self) -> Grid:
        return Grid(self.get("table"))

    @property
    def caption(self) -> str:
        return self.grid.caption

    @property
    def corner(self) -> str:
        """What the headings of the rows are called."""
        return self.grid.columns[0] if self.grid.columns else ""

    @property
    def columns(self) -> list[str]:
        """What is compared, without the corner."""
        return self.grid.columns[1:]

    @property
    def rows(self) -> list[ComparedRow]:
        return [ComparedRow(row[0], row[1:]) for row in self.grid.rows if row]

    @property
    def labelled_rows(self) -> list[LabelledRow]:
        return labelled_rows(self.grid)


class ComparisonBlock(blocks.StructBlock):
    """A table whose rows and columns both have headings."""

    table = ComparisonGridBlock(
        label=_("Table"),
        help_text=_("The first row says what is compared, the first column in what respect."),
    )

    class Meta:
        icon = "table"
        label = _("Comparison")
        group = PROCEDURES
        description = _("Two or more things beside each other, feature by feature; readable on a telephone, too.")
        template = "catalog/blocks/comparison.html"
        value_class = ComparisonValue
        form_classname = "struct-block fixed-headers"
        preview_value = {
            "table": {
                "data": [
                    [_("Feature"), "KDO", "RDPP"],
                    [_("Who sets it up"), _("the Mayor, when asked"), _("the Mayor")],
                    [_("What it is about"), _("one subject"), _("work with organisations")],
                ],
                "table_caption": _("KDO and RDPP beside each other"),
            },
        }
