"""manifest.json: sha256 and size of every file of a site but itself; what changed, came or went since."""

import hashlib
import json
from pathlib import Path

from scripts.problems import Problem, problem

NAME = "manifest.json"


def write(site: Path, publisher: str, as_of: str, commit: str) -> None:
    """The last file written into a site."""
    (site / NAME).write_bytes(_bytes(publisher, as_of, commit, files(site)))


def files(site: Path) -> list[dict]:
    """[{path, sha256, bytes}] by path. A symlink has no digest: it is not a file of the site."""
    paths = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_symlink() or p.is_file()}
    return [
        {"path": name, "sha256": "" if path.is_symlink() else _sha256(path), "bytes": path.lstat().st_size}
        for name, path in sorted(paths.items())
        if name != NAME
    ]


def digest(site: Path) -> str:
    """What a whole site is known by: the sha256 of its manifest."""
    return _sha256(site / NAME)


def check(site: Path) -> list[Problem]:
    """Every file that is not as the manifest says, by path."""
    try:
        content = (site / NAME).read_bytes()
        told = json.loads(content.decode("utf-8"))
        listed = {each["path"]: (each["sha256"], each["bytes"]) for each in told["files"]}
        whole = content == _bytes(told["publisher"], told["as_of"], told["commit"], told["files"])
    except OSError:
        return [problem("seal-missing-file", file=NAME)]
    except (ValueError, KeyError, TypeError) as wrong:
        return [problem("seal-record", file=NAME, reason=type(wrong).__name__)]
    found = {each["path"]: (each["sha256"], each["bytes"]) for each in files(site)}
    # Only then is every byte of the manifest itself, the commit included, accounted for.
    own = [] if whole else [problem("seal-record", file=NAME, reason="digest")]
    return own + _differences(listed, found)


def _differences(listed: dict, found: dict) -> list[Problem]:
    missing = {path: listed[path] for path in sorted(listed.keys() - found.keys())}
    changed = [path for path in sorted(listed.keys() & found.keys()) if listed[path] != found[path]]
    problems = [problem("manifest-changed", file=path) for path in changed]
    for path in sorted(found.keys() - listed.keys()):
        before = next((name for name, content in missing.items() if content == found[path]), None)
        if before is None:
            problems.append(problem("manifest-added", file=path))
        else:
            del missing[before]
            problems.append(problem("manifest-renamed", file=path, before=before))
    return problems + [problem("manifest-missing", file=path) for path in missing]


def _bytes(publisher: str, as_of: str, commit: str, listed: list[dict]) -> bytes:
    """Canonical: keys sorted, one file a line. `digest` is the sha256 of these bytes without it."""
    head = _line({"publisher": publisher, "as_of": as_of, "commit": commit})
    body = ",\n".join(_line(each) for each in listed)
    digest = hashlib.sha256(f"{head}\n{body}".encode()).hexdigest()
    fields = {"as_of": as_of, "commit": commit, "digest": digest}
    told = ",\n".join(f"{_line(name)}:{_line(value)}" for name, value in fields.items())
    return f'{{{told},\n"files":[\n{body}\n],\n"publisher":{_line(publisher)}}}\n'.encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
