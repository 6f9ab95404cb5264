"""Addresses of pages, and the relative links between them; everything works from a folder too (file://)."""

from pathlib import PurePosixPath

HOW = "how/index.html"  # from a page to the page that derives its figures


def address(name: str) -> str:
    """A register's or table's folder: hyphens for underscores."""
    return name.replace("_", "-")


def link(source: str, target: str) -> str:
    """A relative address from one page's folder to another page (or file) of the site."""
    path, _, fragment = target.partition("#")
    if path.endswith("/") or not path:
        path += "index.html"
    up = len(PurePosixPath(source).parts) - (1 if source.endswith(".html") else 0)
    return "../" * up + path + (f"#{fragment}" if fragment else "")
