"""The street: every house is a part of the city, every open window a member.

Pure drawing: members in, SVG out; nothing here knows Django. Shapes only carry class names, the
stylesheet (static/css/parts/5-facade.css) gives colours, so one drawing serves day and evening.

A window's place is its *slot*: a number that counts bays from the bottom left, floor by floor
(`slot = floor * bays + bay`). About one slot in five is shuttered for good and takes nobody. A
member keeps the slot that `free_slot` gave at joining; houses only ever grow upwards and the slot
of a member who left stays empty, so nobody's window moves.

One unit is one CSS pixel on a screen 1440 wide. Rules: "Facade" in the design reference.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Literal

Kind = Literal["org", "group", "city"]
"""What stands in the window: curtains, a plant, a blind."""

BAY, FLOOR, GROUND, PIER = 60, 84, 104, 16
LEAST_FLOORS, MOST_FLOORS = 2, 6
"""Above the sixth floor nothing is drawn: a street of 90 windows still fits on a screen, and can be tabbed through."""


@dataclass(frozen=True, slots=True)
class Window:
    """An open window: who lives there, where the link leads, what stands in it, at which slot.

    Without a `url` it is only a picture, with neither link nor name.
    """

    name: str
    url: str
    kind: Kind
    slot: int
    lang: str | None = None  # language of the name where it is not the page's
    note: str = ""  # what to know before following the link: "(in Polish)"


@dataclass(frozen=True, slots=True)
class House:
    """The shape of one house. `gate` is the bay of the entrance, `seed` shifts the shutters."""

    bays: int
    roof: int  # height of the roof zone
    crown: Literal["steps", "attic", "terrace", "gable", "balustrade"]
    opening: Literal["segment", "pediment", "strip", "arch", "frame"]
    gate: int
    seed: int

    @property
    def width(self) -> int:
        return self.bays * BAY + 2 * PIER

    def shuttered(self, slot: int) -> bool:
        """True where the shutters never open: about one slot in five."""
        floor = slot // self.bays
        return (3 * slot + 2 * floor + self.seed) % 5 == 0

    def has_room(self, slot: int) -> bool:
        """Whether the window at `slot` is drawn; whoever came later stands in the list behind the gate."""
        return slot // self.bays < MOST_FLOORS

    def floors(self, slots: Collection[int]) -> int:
        """Floors of a house in which `slots` are taken: what these need, but at least two and at most six."""
        return min(max(LEAST_FLOORS, max(slots, default=0) // self.bays + 1), MOST_FLOORS)


HOUSES: dict[str, House] = {
    "wroclaw": House(3, 118, "steps", "segment", gate=1, seed=2),
    "srodmiescie": House(4, 72, "attic", "pediment", gate=1, seed=1),
    "krowodrza": House(3, 40, "terrace", "strip", gate=2, seed=4),
    "podgorze": House(4, 88, "gable", "arch", gate=2, seed=3),
    "nowa-huta": House(5, 62, "balustrade", "frame", gate=2, seed=0),
}
"""The five houses in the order of the street; Wrocław first, then Kraków's zones."""

PLOT_WIDTH, PLOT_HEIGHT = 152, 250


# --- Slots -----------------------------------------------------------------------------------


def free_slot(style: str, taken: Collection[int]) -> int:
    """The slot for the next member of `style`: the lowest that opens and was never taken.

    `taken` holds every slot ever given away in this house, also those of members who left.
    """
    house = HOUSES[style]
    return next(slot for slot in count() if slot not in taken and not house.shuttered(slot))


def slots_needed(style: str, members: int) -> list[int]:
    """The slots of the first `members` members of an empty house, in the order of joining."""
    slots: list[int] = []
    for _ in range(members):
        slots.append(free_slot(style, slots))
    return slots


# --- Drawing helpers -------------------------------------------------------------------------


def _number(value: float) -> str:
    """A coordinate without needless digits: 30.0 → "30", 41.519999 → "41.5"."""
    return f"{value:.1f}".removesuffix(".0")


def _path(part: str, *moves: str) -> str:
    return f'<path class="f-{part}" d="{"".join(moves)}"/>'


def _box(x: float, y: float, width: float, height: float) -> str:
    """The moves of a rectangle, from its top left corner."""
    return f"M{_number(x)} {_number(y)}h{_number(width)}v{_number(height)}h{_number(-width)}Z"


def _hit(x: float, y: float, width: int, height: int) -> str:
    """The invisible area that takes clicks and shows the focus ring."""
    place = f'x="{_number(x)}" y="{_number(y)}"'
    return f'<rect class="f-hit" {place} width="{width}" height="{height}"/>'


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{escape(value)}"' if value else ""


# --- A window --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opening:
    """The hole in the wall: its box, its outline, and the ornament above it."""

    x: float
    y: float
    width: float
    height: float
    outline: str
    lintel: str = ""
    rise: float = 0  # height of the curved head; 0 where the head is straight

    def inset(self, depth: float) -> float:
        """How far the curved head stands in from the sides, `depth` below its crown."""
        if depth >= self.rise:
            return 0
        half = self.width / 2
        return half * (1 - math.sqrt(1 - ((self.rise - depth) / self.rise) ** 2))

    def depth(self, inset: float) -> float:
        """The inverse: how far below the crown the head is, `inset` from a side."""
        half = self.width / 2
        return self.rise * (1 - math.sqrt(1 - ((half - inset) / half) ** 2))

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def sill(self) -> str:
        return _path("trim", _box(self.x - 4, self.bottom, self.width + 8, 5))


def _opening(shape: str, bay_x: float, floor_y: float) -> _Opening:
    """A window of `shape` in the bay that begins at (`bay_x`, `floor_y`)."""
    wide = shape == "strip"
    width, height, top = (46, 40, floor_y + 28) if wide else (32, 50, floor_y + 20)
    x = bay_x + (BAY - width) / 2
    middle, right = x + width / 2, x + width
    if shape in ("arch", "segment"):
        rise = width / 2 if shape == "arch" else 7
        spring = top + rise
        arc = f"A{_number(width / 2)} {_number(rise)} 0 0 1 {_number(right)} {_number(spring)}"
        outline = f"M{_number(x)} {_number(top + height)}V{_number(spring)}{arc}V{_number(top + height)}Z"
        over, thick = (5, 5) if shape == "arch" else (4, 3)
        foot = spring + (2 if shape == "arch" else 3)
        lintel = _path(
            "trim",
            f"M{_number(x - over)} {_number(foot)}V{_number(spring)}",
            f"A{_number(width / 2 + over)} {_number(rise + thick)} 0 0 1 ",
            f"{_number(right + over)} {_number(spring)}V{_number(foot)}H{_number(right)}",
            f"V{_number(spring)}A{_number(width / 2)} {_number(rise)} 0 0 0 ",
            f"{_number(x)} {_number(spring)}V{_number(foot)}Z",
        )
        return _Opening(x, top, width, height, outline, lintel, rise)
    outline = _box(x, top, width, height)
    if shape == "pediment":
        lintel = _path(
            "trim",
            f"M{_number(x - 6)} {_number(top - 4)}L{_number(middle)} {_number(top - 15)}",
            f"L{_number(right + 6)} {_number(top - 4)}Z",
        )
    elif shape == "frame":
        lintel = _path("trim", _box(x - 5, top - 5, width + 10, height + 8))
    else:
        lintel = ""
    return _Opening(x, top, width, height, outline, lintel)


def _head(o: _Opening) -> str:
    """The top edge of an opening, from left to right."""
    right = _number(o.x + o.width)
    if not o.rise:
        return f"H{right}"
    radii = f"{_number(o.width / 2)} {_number(o.rise)}"
    return f"A{radii} 0 0 1 {right} {_number(o.y + o.rise)}"


def _curtain(o: _Opening, x: float, side: int, drop: float, waist: float) -> str:
    """One half of a pair, gathered at the bottom; `side` is 1 on the left and -1 on the right."""
    top = f"{_number(x)} {_number(o.y + (o.rise or 3))}"
    inner = x + side * drop
    if o.rise:
        radii = f"{_number(o.width / 2)} {_number(o.rise)}"
        sweep = 1 if side > 0 else 0
        head = f"A{radii} 0 0 {sweep} {_number(inner)} {_number(o.y + o.depth(drop))}"
    else:
        head = f"H{_number(inner)}"
    fold = f"Q{_number(inner - side * 2)} {_number(waist)} {_number(x + side * 4)}"
    return f"M{top}{head}{fold} {_number(o.bottom)}H{_number(x)}Z"


def _furnishing(kind: Kind, o: _Opening) -> str:
    """What stands in the window tells the kind of member: by shape, not by colour alone."""
    if kind == "org":
        drop, waist = o.width * 0.36, o.y + o.height * 0.6
        return _path(
            "cloth",
            *(_curtain(o, x, side, drop, waist) for x, side in ((o.x, 1), (o.x + o.width, -1))),
        )
    if kind == "group":
        soil = f"{_number(o.bottom - 8)}"
        leaves = (
            f"M{_number(o.middle)} {soil}q-2-14-11-17q0 12 9 17Z"
            f"M{_number(o.middle)} {soil}q2-14 11-17q0 12-9 17Z"
            f"M{_number(o.middle - 2)} {soil}q-4-15 2-24q6 9 2 24Z"
        )
        pot = f"M{_number(o.middle - 8)} {_number(o.bottom - 10)}h16l-2 10h-12Z"
        return _path("leaf", leaves) + _path("cloth", pot)
    slats = "".join(
        f"M{_number(o.x + o.inset(depth))} {_number(o.y + depth)}h{_number(o.width - 2 * o.inset(depth))}"
        for depth in (o.height * 0.14, o.height * 0.28)
    )
    hem = _number(o.y + o.height * 0.42)
    blind = f"M{_number(o.x)} {hem}V{_number(o.y + o.rise)}{_head(o)}V{hem}Z"
    return _path("cloth", blind) + _path("iron", slats)


def _bars(o: _Opening, wide: bool) -> str:
    if wide:
        thirds = (o.x + o.width / 3, o.x + o.width * 2 / 3)
        return "".join(f"M{_number(x)} {_number(o.y)}v{_number(o.height)}" for x in thirds)
    transom = o.y + o.height * 0.36
    return (
        f"M{_number(o.middle)} {_number(o.y + 2)}V{_number(o.bottom)}"
        f"M{_number(o.x)} {_number(transom)}h{_number(o.width)}"
    )


def _shutters(o: _Opening) -> str:
    """Closed leaves over the wall's own colour."""
    half = o.width / 2 - 6
    slats = "".join(
        f"M{_number(o.x + 3)} {_number(o.y + 14 + step)}h{_number(half)}m6 0h{_number(half)}"
        for step in range(0, int(o.height - 16) // 6 * 6, 6)
    )
    gap = f"M{_number(o.middle)} {_number(o.y + 3)}V{_number(o.bottom)}"
    return _path("wall", o.outline) + _path("shutter", o.outline) + _path("joint", slats, gap)


def _open_window(o: _Opening, shape: str, kind: Kind) -> str:
    return (
        _path("glass", o.outline) + _furnishing(kind, o) + _path("bars", o.outline, _bars(o, shape == "strip")) + o.sill
    )


def _window(shape: str, bay_x: float, floor_y: float, member: Window | None) -> str:
    """One bay of one floor, all but the link: the lintel, and closed shutters where nobody lives."""
    o = _opening(shape, bay_x, floor_y)
    if member is None:
        return o.lintel + _shutters(o) + o.sill
    return o.lintel if member.url else o.lintel + _open_window(o, shape, member.kind)


def _linked_window(shape: str, bay_x: float, floor_y: float, member: Window, anchor: str) -> str:
    """The window of a member. Drawn after all else: its name lies over the neighbours and the cornice."""
    o = _opening(shape, bay_x, floor_y)
    text_x = {"start": o.x - 4, "middle": o.middle, "end": o.x + o.width + 4}[anchor]
    name = escape(f"{member.name} {member.note}".strip())
    return (
        f'<a class="f-window" href="{escape(member.url)}" aria-label="{name}"'
        f"{_attribute('lang', member.lang)}>"
        + _hit(bay_x, floor_y, BAY, FLOOR)
        + _path("halo", o.outline)
        + _open_window(o, shape, member.kind)
        + f'<text x="{_number(text_x)}" y="{_number(floor_y + 9)}" text-anchor="{anchor}">'
        + f"{name}</text></a>"
    )


# --- Roofs -----------------------------------------------------------------------------------


def _steps(width: int, base: int) -> str:
    """Wrocław: a stepped gable with a round window."""
    middle = width / 2
    treads = [(8, base - 26), (34, base - 54), (60, base - 82), (84, base - 106)]
    ends = [x for x, _ in treads[1:]] + [middle]
    up = "".join(f"V{y}H{_number(end)}" for (_, y), end in zip(treads, ends, strict=True))
    down = "".join(f"V{y}H{width - x}" for x, y in reversed(treads))
    caps = "".join(
        _box(x - 3, y - 5, end - x + 3, 5) + _box(width - end, y - 5, end - x + 3, 5)
        for (x, y), end in zip(treads, ends, strict=True)
    )
    niches = "".join(
        f"M{_number(middle + shift)} {base - 12}v{-rise}a9 9 0 0 1 18 0v{rise}Z"
        for shift, rise in ((-34, 20), (-9, 24), (16, 20))
    )
    return (
        _path("wall", f"M8 {base}", up, down, f"V{base}Z")
        + _path("trim", caps)
        + f'<circle class="f-dark" cx="{_number(middle)}" cy="{base - 72}" r="11"/>'
        + _path("shutter", niches)
    )


def _attic(width: int, base: int) -> str:
    """Śródmieście: a Polish attic, a blind arcade under a crest."""
    arcade = "".join(f"M{x} {base - 8}v-16a8 8 0 0 1 16 0v16Z" for x in range(12, width - 20, 25))
    peaks = range(24, width, 56)
    crest = "".join(f"M{x - 20} {base - 42}q16-2 20-22q4 20 20 22Z" for x in peaks)
    balls = "".join(f"M{x - 4} {base - 66}a4 4 0 1 1 8 0a4 4 0 1 1-8 0Z" for x in peaks)
    return (
        _path("wall", crest, balls, _box(0, base - 40, width, 40))
        + _path("shutter", arcade)
        + _path("trim", _box(-3, base - 44, width + 6, 5))
    )


def _terrace(width: int, base: int) -> str:
    """Krowodrza: a flat modernist roof with a set-back storey and an aerial."""
    return (
        _path("roof", _box(56, base - 30, width - 84, 30))
        + _path("dark", _box(66, base - 22, width - 104, 12))
        + _path("trim", _box(44, base - 34, width - 60, 5))
        + _path("iron", f"M30 {base}v-40M24 {base - 34}h12M24 {base - 28}h12")
    )


def _gable(width: int, base: int) -> str:
    """Podgórze: a tiled roof with two chimneys and a pediment."""
    middle = width / 2
    return (
        _path("roof", f"M0 {base}L18 {base - 44}H{width - 18}L{width} {base}Z")
        + _path("wall", _box(34, base - 72, 20, 34), _box(width - 54, base - 72, 20, 34))
        + _path(
            "trim",
            _box(31, base - 76, 26, 6),
            _box(width - 57, base - 76, 26, 6),
            f"M{_number(middle - 80)} {base}L{_number(middle)} {base - 64}",
            f"L{_number(middle + 80)} {base}Z",
        )
        + _path(
            "wall",
            f"M{_number(middle - 62)} {base - 4}L{_number(middle)} {base - 54}",
            f"L{_number(middle + 62)} {base - 4}Z",
        )
        + f'<circle class="f-shutter" cx="{_number(middle)}" cy="{base - 20}" r="9"/>'
    )


def _balustrade(width: int, base: int) -> str:
    """Nowa Huta: a balustrade, two vases and a raised centre."""
    middle = width / 2
    balusters = "".join(f"M{x} {base - 2}v-18" for x in range(8, width, 9))
    vases = "".join(f"M{x} {base - 24}l4-22 4 22Z" for x in (6, width - 14))
    attic_windows = "".join(_box(middle + shift, base - 32, 30, 22) for shift in (-52, -15, 22))
    return (
        _path("iron", balusters)
        + _path("trim", _box(-2, base - 24, width + 4, 5), vases)
        + _path("wall", _box(middle - 66, base - 44, 132, 44))
        + _path(
            "trim",
            _box(middle - 72, base - 48, 144, 6),
            f"M{_number(middle - 40)} {base - 48}l40-13 40 13Z",
        )
        + _path("shutter", attic_windows)
    )


_CROWNS = {
    "steps": _steps,
    "attic": _attic,
    "terrace": _terrace,
    "gable": _gable,
    "balustrade": _balustrade,
}


# --- A house ---------------------------------------------------------------------------------


def _gate(x: int, top: int, bottom: int, url: str, label: str) -> str:
    middle, spring = x + BAY // 2, top + 44
    door = f"M{x + 9} {bottom}V{spring}A21 21 0 0 1 {x + 51} {spring}V{bottom}Z"
    rays = f"M{x + 9} {top + 46}h42M{middle} {top + 46}V{bottom}M{middle} {top + 46}V{top + 24}"
    fan = f"M{middle} {top + 46}l-14-16M{middle} {top + 46}l14-16"
    picture = (
        _path("trim", f"M{x + 4} {bottom}V{spring}A26 26 0 0 1 {x + 56} {spring}V{bottom}Z")
        + _path("door", door)
        + _path("bars", rays, fan)
    )
    if not url:
        return picture
    return (
        f'<a class="f-gate" href="{escape(url)}" aria-label="{escape(label)}">{_hit(x, top, BAY, GROUND)}{picture}</a>'
    )


def _ground_floor(house: House, height: int, url: str, label: str) -> str:
    """Shop windows and the gate, which leads to the list of this part of the city."""
    width, top = house.width, height - GROUND
    joints = "".join(f"M0 {top + 14 + 18 * course}h{width}" for course in range(5))
    parts = [_path("stone", _box(0, top, width, GROUND)), _path("joint", joints)]
    for bay in range(house.bays):
        x = PIER + bay * BAY
        if bay == house.gate:
            parts.append(_gate(x, top, height, url, label))
        elif house.crown == "balustrade":
            arch = f"M{x + 8} {height}V{top + 42}A22 22 0 0 1 {x + 52} {top + 42}V{height}Z"
            parts.append(_path("dark", arch))
        elif house.crown == "terrace":
            parts.append(_path("dark", _box(x + 4, top + 34, 52, 42)))
            parts.append(_path("bars", f"M{x + 30} {top + 34}v42"))
        else:
            parts.append(_path("dark", _box(x + 8, top + 28, 44, GROUND - 40)))
            parts.append(_path("bars", f"M{x + 30} {top + 28}V{height - 12}"))
            if (bay + house.seed) % 2:
                parts.append(_path("awning", f"M{x + 4} {top + 24}h52l5 15h-62Z"))
    cornice = _box(-2, top - 3, width + 4, 7) + _box(0, height - 8, width, 8)
    return "".join(parts) + _path("trim", cornice)


def _balcony(x: int, floor_y: int) -> str:
    rails = "".join(f"M{x + step} {floor_y + 58}v18" for step in range(2, BAY, 7))
    iron = f'<path class="f-iron" pointer-events="none" d="M{x - 2} {floor_y + 57}h64{rails}"/>'
    return iron + _path("trim", _box(x - 6, floor_y + 75, 72, 5))


def _walls(house: House, floors: int, height: int) -> str:
    width, top = house.width, house.roof
    wall = _path("wall", _box(0, top, width, height - top))
    if house.opening in ("pediment", "arch"):  # corner pilasters
        wall += _path("trim", *(_box(x, top, 6, floors * FLOOR) for x in (3, width - 9)))
    if house.opening == "strip":  # bands of render behind strip windows
        bands = (_box(0, top + floor * FLOOR + 26, width, 44) for floor in range(floors))
        wall += _path("stone", *bands)
    return wall


def _has_balcony(house: House, floor: int) -> bool:
    return house.opening == "strip" or (house.opening == "pediment" and floor == 0)


def _anchor(style: str, house: House, bay: int) -> str:
    """Where a name begins: inside the street. Nothing lies to the left of the first house."""
    if bay == 0 or style == next(iter(HOUSES)):
        return "start"
    return "end" if bay == house.bays - 1 else "middle"


def draw_house(
    style: str,
    members: Mapping[int, Window] | Iterable[Window],
    url: str = "",
    label: str = "",
) -> str:
    """One house as inline SVG.

    `members` are the open windows (by slot, or any iterable of windows), `url` and `label` belong
    to the gate and name the picture; without them it is decoration. Top floor first, as it is
    read; all texts and addresses are escaped.
    """
    house = HOUSES[style]
    windows = members.values() if isinstance(members, Mapping) else members
    by_slot = {window.slot: window for window in windows}
    floors = house.floors(by_slot)
    height = house.roof + floors * FLOOR + GROUND
    parts = [_CROWNS[house.crown](house.width, house.roof), _walls(house, floors, height)]
    links = []
    for floor in reversed(range(floors)):
        y = house.roof + (floors - 1 - floor) * FLOOR
        if floor:
            parts.append(_path("joint", f"M0 {y + FLOOR}h{house.width}"))
        for bay in range(house.bays):
            x, member = PIER + bay * BAY, by_slot.get(floor * house.bays + bay)
            parts.append(_window(house.opening, x, y, member))
            if member and member.url:
                links.append(_linked_window(house.opening, x, y, member, _anchor(style, house, bay)))
        if _has_balcony(house, floor):
            links.append(_balcony(PIER + house.gate * BAY, y))
    parts.append(_path("trim", _box(-4, house.roof - 4, house.width + 8, 9)))
    parts.append(_path("stone", _box(house.width - 7, house.roof, 7, height - house.roof)))
    parts += links
    parts.append(_ground_floor(house, height, url, label))
    role = f'role="group" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="house-{style}" viewBox="0 0 {house.width} {height}"'
        f' width="{house.width}" height="{height}" {role}>{"".join(parts)}</svg>'
    )


def draw_plot(url: str, label: str) -> str:
    """The empty plot at the end of the street: a tree, a fence, and a sign that says "join".

    Without a `url` there is nowhere to join: no sign then, and the picture is decoration.
    """
    branches = "M112 250V96M112 150l-22-26M112 136l20-24"
    crown = "".join(
        f'<circle class="f-tree" cx="{x}" cy="{y}" r="{r}"/>'
        for x, y, r in ((112, 66, 44), (84, 96, 30), (136, 100, 24))
    )
    fence = "M0 214h152M0 232h152M10 204v46M34 204v46M130 204v46"
    name = escape(label)
    role = f'role="group" aria-label="{name}"' if url else 'aria-hidden="true"'
    picture = (
        f'<svg viewBox="0 0 {PLOT_WIDTH} {PLOT_HEIGHT}" width="{PLOT_WIDTH}" height="{PLOT_HEIGHT}" {role}>'
        + _path("iron", branches)
        + crown
        + _path("iron", fence)
    )
    if not url:
        return f"{picture}</svg>"
    return (
        f'{picture}<a class="f-window" href="{escape(url)}" aria-label="{name}">'
        + _hit(6, 132, 92, 118)
        + _path("iron", "M52 250v-60")
        + _path("sign", _box(10, 140, 84, 54))
        + _path("plus", "M52 153v28M38 167h28")
        + "</a></svg>"
    )


# --- One window alone ------------------------------------------------------------------------


def draw_pane(zone: str | None = None, kind: Kind | None = None) -> str:
    """One window as a picture without words: the texts beside it say what it shows.

    With a `zone` it is the large, lit window of a member's page, in its house's wall and shape;
    without, the small one of lists and legends. Without a `kind` its shutters are closed.
    """
    if zone:
        return _big_pane(zone, kind or "org")
    o = _opening("frame", 0, 0)
    wall = _path("wall", _box(9, 17, 42, 60))
    inside = _open_window(o, "frame", kind) if kind else _shutters(o) + o.sill
    return f'<svg class="pane" viewBox="9 17 42 60" aria-hidden="true">{wall}{inside}</svg>'


# the leaves of one flower bed, 32 units wide, from its bottom left corner
_BED = "q-6-7-1-11 1 6 4 7-3-10 3-14 2 7 2 11 2-9 7-10-1 7-2 10 5-9 9-7-3 5-4 8 5-7 9-4-3 4-4 6 6-4 9 0-4 1-3 4Z"


def _big_pane(zone: str, kind: Kind) -> str:
    shape = HOUSES[zone].opening
    o = _opening(shape, 0, 0)
    # Shutters stand open on both sides; a strip window leaves less room for them.
    leaf = 12 if shape == "strip" else 16
    left, right = o.x - leaf - 7, o.x + o.width + 7
    if shape == "arch":
        left, right = left - 1, right + 1
    top, height = (o.y, o.height) if shape == "strip" else (20, 50)
    leaves = _box(left, top, leaf, height) + _box(right, top, leaf, height)
    slats = "".join(
        f"M{_number(x + 3)} {_number(top + 5 + 6 * row)}h{leaf - 6}"
        for x in (left, right)
        for row in range((int(height) - 2) // 6)
    )
    box_y = o.bottom - 2
    beds = (o.x, o.x + 14) if o.width > 40 else (o.x,)
    flowers = "".join(f"M{_number(x - 1)} {_number(box_y + 1)}{_BED}" for x in beds)
    blooms = "".join(
        f'<circle class="f-bloom" cx="{_number(x)}" cy="{_number(box_y - rise)}" r="{size}"/>'
        for x, (rise, size) in zip(
            (o.x + 3 + step * (o.width - 7) / 3 for step in range(4)),
            ((11, 3), (13, 3.4), (10, 3), (8, 3)),
            strict=True,
        )
    )
    return (
        f'<svg class="pane pane-big house-{zone}" viewBox="-14 0 88 88" width="272" height="272"'
        ' aria-hidden="true">'
        + _path("wall", _box(-14, 0, 88, 88))
        + _path("joint", "M-14 10h88M-14 80h88")
        + o.lintel
        + _open_window(o, shape, kind)
        + _path("awning", leaves)
        + _path("iron", slats)
        + _path("leaf", flowers)
        + blooms
        + _path("trim", _box(o.x - 4, box_y, o.width + 8, 8))
        + "</svg>"
    )
