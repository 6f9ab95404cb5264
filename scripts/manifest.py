"""manifest.json and MANIFEST.sha256: digests of every file of a site; what changed, came or went since."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from scripts.problems import Problem, problem

NAME, SUMS = "manifest.json", "MANIFEST.sha256"


def write(site: Path, publisher: str, as_of: str, commit: str, sealed: Iterable[dict] = ()) -> None:
    """The last two files written into a site: ours, and the same for whoever has `sha256sum -c` alone.

    `sealed`: files as they were when the seal read them; one that has changed or gone since is told when it is checked.
    """
    known = {each["path"]: each for each in (*files(site), *sealed)}
    listed = [known[path] for path in sorted(known)]
    content = _bytes(publisher, as_of, commit, listed)
    (site / NAME).write_bytes(content)
    (site / SUMS).write_bytes(_sums(content, listed))


def files(site: Path) -> list[dict]:
    """[{path, sha256, bytes}] by path, but for the two written here. What is no plain file has no digest: it is none of the site's."""
    paths = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_symlink() or not p.is_dir()}
    return [
        {"path": name, "sha256": _sha256(path) if path.is_file() and not path.is_symlink() else "", "bytes": path.lstat().st_size}
        for name, path in sorted(paths.items())
        if name not in (NAME, SUMS)
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
    return own + _check_sums(site / SUMS, _sums(content, told["files"])) + _differences(listed, found)


def _check_sums(path: Path, expected: bytes) -> list[Problem]:
    if not path.is_file() or path.is_symlink():
        return [problem("seal-missing-file", file=path.name)]
    return [] if path.read_bytes() == expected else [problem("seal-record", file=path.name, reason="digest")]


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


def _sums(content: bytes, listed: list[dict]) -> bytes:
    """As `sha256sum` writes it: every file by path, manifest.json among them."""
    digests = {each["path"]: each["sha256"] for each in listed} | {NAME: hashlib.sha256(content).hexdigest()}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
