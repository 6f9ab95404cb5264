"""The ordered list of registers: navigation, home page, sources and downloads follow from it."""

from importlib import import_module
from importlib.util import find_spec

SECTIONS = {
    "budgets": (
        "budget",
        "final_accounts",
        "execution",
        "procurement",
        "levy",
    ),
    "money": (
        "projects",
        "allowances",
        "donations",
    ),
    "oversight": (
        "performance",
        "evaluations",
        "inspections",
        "rectifications",
        "surveys",
        "participation",
        "monitoring",
        "reach",
        "grievances",
    ),
    "governance": (
        "organisation",
        "governance",
        "decisions",
        "committee",
        "associations",
        "grassroots",
        "rules",
        "reform",
    ),
    "services": (
        "certificates",
        "institutions",
        "rights",
        "society",
        "digital",
    ),
    "presidium": ("presidium",),
}
ORDER = tuple(name for names in SECTIONS.values() for name in names)


def code_of(register: str, part: str):
    """A register's module ("facts" or "pages"), None where the schema is all there is."""
    name = f"{__name__}.{register}.{part}"
    return import_module(name) if find_spec(name) else None
