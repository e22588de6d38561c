"""How the demo files of this app become members."""

import datetime
from typing import Any

from coalition.models import MemberPage
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder

LOGO_ALT = {"pl": "Logo: {}", "en": "Logo of {}"}


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    facts = entry.facts
    logo = demo.files.images.get(facts.get("logo", ""))
    return {
        "kind": facts["kind"],
        "home_district": facts["districts"][0],
        "districts": facts["districts"],
        "fields": facts.get("fields", []),
        "member_since": datetime.date.fromisoformat(facts["member_since"]),
        "website": facts.get("website", ""),
        "email": facts.get("email", ""),
        "phone": facts.get("phone", ""),
        "logo": logo,
        "logo_alt": LOGO_ALT[words["language"]].format(words["title"]) if logo else "",
    }


def section_fields(demo: Demo, language: str) -> dict[str, Any]:
    return {"join": demo.words(language).find("page:home/join")}


KINDS.append(
    DemoKind(
        content_folder("coalition"),
        "coalition",
        lambda entry: MemberPage,
        fields,
        section="coalition",
        # Windows are given in the order of joining.
        sort=lambda entry: entry.facts["member_since"],
        section_fields=section_fields,
    )
)
