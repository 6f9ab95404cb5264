"""The least that any generator must do: read a finished body, render it in our own templates, write the page."""

import json
import sys
from pathlib import Path

import jinja2

ROOT = Path(__file__).resolve().parents[2]


def main(generated: Path, output: Path) -> None:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "theme" / "templates"),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    settings = json.loads((generated / "ours" / "disclosures" / "site.json").read_text(encoding="utf-8"))
    template = environment.get_template("year.html")
    for folder in (generated / "bodies").iterdir():
        page = json.loads((folder / "page.json").read_text(encoding="utf-8"))
        page["content"] = (folder / "body.html").read_text(encoding="utf-8")
        target = output / page["slug"]
        target.parent.mkdir(parents=True)
        target.write_text(template.render(page=page, SITEURL="..", **settings), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
