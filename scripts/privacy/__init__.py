"""Nobody exposed by strings: what looks like one person's stops publication, in every input and every byte of the output."""

from scripts.privacy.finding import find
from scripts.privacy.folder import UNSEEN, Scan, scan
from scripts.privacy.headers import denied, unfounded
from scripts.privacy.hits import Hit
from scripts.privacy.masking import entries, masked
from scripts.privacy.outputs import scan_site
from scripts.privacy.overrides import Cleared

__all__ = ["UNSEEN", "Cleared", "Hit", "Scan", "denied", "entries", "find", "masked", "scan", "scan_site", "unfounded"]
