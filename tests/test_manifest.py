"""The manifest and `verify`: every byte changed after the seal, and every wrong digit planted before it."""

import hashlib
import json
import random
import re
import shutil
import subprocess

import pytest

from scripts import manifest, seal
from tests import small_site
from tests.small_site import HELP, HOME, PROJECT, TABLE, YEAR

FIGURE = re.compile(r'<data data-fact="[^"]*"[^>]*>([^<]*)</data>')
DRAWN = re.compile(r'<text data-fact="[^"]*"[^>]*>([^<]*)</text>|花了全年预算的 ([0-9.]+%)</title>|期 (2,000.00)，最少就业 (940.05)。</desc>')


@pytest.fixture
def site(tmp_path) -> small_site.Small:
    return small_site.build(tmp_path)


@pytest.fixture
def sealed(site) -> small_site.Small:
    site.finish()
    manifest.write(site.folder, "第101示范县残联", "2026-09-30", "dirty")
    return site


def verified(site) -> list[tuple[str, str]]:
    return [(p.kind, p.file) for p in seal.verify(site.folder)]


# ---- wrong digits before the manifest


def digits(site: small_site.Small, path: str, form: re.Pattern) -> list[tuple[str, int]]:
    """Every place of a digit in what the form's groups find in a file."""
    text = site.text(path)
    spans = (found.span(group) for found in form.finditer(text) for group in range(1, form.groups + 1) if found[group])
    return [(path, at) for start, end in spans for at in range(start, end) if text[at].isdigit()]


def csv_digits(site: small_site.Small) -> list[tuple[str, int]]:
    """Every digit of the cells that are figures: the second cell and those after it, below the header."""
    found = []
    for path in site.plan.downloads:
        text, at = site.text(path), 0
        for line, row in enumerate(text.splitlines(keepends=True)):
            first = row.find(",")
            found += [(path, at + i) for i, c in enumerate(row) if line and i > first and c.isdigit()]
            at += len(row)
    return found


def plant(site: small_site.Small, path: str, at: int, chance: random.Random) -> str:
    """Another digit at one place; returns the text as it was."""
    before = site.text(path)
    other = chance.choice([d for d in "0123456789" if d != before[at]])
    site.write(path, before[:at] + other + before[at + 1 :])
    return before


def test_a_hundred_wrong_digits_in_figures_are_all_found_by_the_seal(site, capsys):
    chance = random.Random(20260930)
    places = {
        "pages": [each for path in (YEAR, TABLE, PROJECT) for each in digits(site, path, FIGURE)],
        "charts": digits(site, YEAR, DRAWN),
        "downloads": csv_digits(site),
    }
    planted = dict.fromkeys(places, 0)
    found = dict.fromkeys(places, 0)
    figures = {"seal-figure", "seal-spelling", "seal-unit", "seal-sentence", "seal-download"}
    alone = site.plan.__class__(**{name: getattr(site.plan, name) for name in ("titles", "by_hand", "downloads", "texts", "words")})
    for turn in range(100):
        where = list(places)[turn % 3]
        path, at = chance.choice(places[where])
        before = plant(site, path, at, chance)
        planted[where] += 1
        # Without bodies and fragments: the figure itself must be seen to be wrong, not only that the page was touched.
        found[where] += any(kind in figures and file == path for kind, file, _ in site.compare(alone))
        site.write(path, before)
    assert (planted, found) == ({"pages": 34, "charts": 33, "downloads": 33}, planted)
    assert site.compare() == []
    with capsys.disabled():
        print(f"\nplanted and found: {found}")


def test_every_digit_in_the_text_of_every_page_is_watched(site):
    """Not only figures: 300 digits changed anywhere in visible text, tags aside, each gives a problem on its page."""
    chance = random.Random(7)
    text_of = re.compile(r">([^<>]+)<")
    everywhere = [each for path in (HOME, YEAR, TABLE, PROJECT, HELP, "404.html") for each in digits(site, path, text_of)]
    missed = []
    ticks = re.compile(r'<text data-axis="[^>]*>([^<]*)<')
    trusted = set(digits(site, YEAR, ticks))  # axis ticks are trusted as drawn; the block they stand in is not
    for path, at in chance.sample(everywhere, 300):
        before = plant(site, path, at, chance)
        kinds = {kind for kind, file, _ in site.compare() if file == path}
        if not kinds or (kinds <= {"seal-body", "seal-block"} and (path, at) not in trusted and path != HELP):
            missed.append((path, before[max(0, at - 20) : at + 20]))
        site.write(path, before)
    assert missed == []


# ---- the manifest


def test_a_sealed_site_verifies(sealed):
    assert verified(sealed) == []


def test_the_manifest_lists_every_file_but_itself(sealed):
    told = json.loads((sealed.folder / "manifest.json").read_bytes())
    digest = hashlib.sha256((sealed.folder / HOME).read_bytes()).hexdigest()
    assert sorted(told) == ["as_of", "commit", "digest", "files", "publisher"]
    assert (told["publisher"], told["as_of"], told["commit"]) == ("第101示范县残联", "2026-09-30", "dirty")
    assert [each["path"] for each in told["files"]] == [
        "404.html", "comparisons.csv", YEAR, TABLE, "execution/2025/own.csv", "facts.json", HELP, HOME, PROJECT,
        "theme/css/site.css", "theme/mark.svg",
    ]  # fmt: skip
    assert told["files"][7] == {"path": HOME, "sha256": digest, "bytes": (sealed.folder / HOME).stat().st_size}


def test_whoever_has_nothing_of_ours_checks_with_sha256sum(sealed):
    """Every file stands in MANIFEST.sha256, manifest.json among them; the tool, where there is one, agrees."""
    lines = (sealed.folder / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
    files = sorted(p.relative_to(sealed.folder).as_posix() for p in sealed.folder.rglob("*") if p.is_file())
    assert [line[66:] for line in lines] == [name for name in files if name != "MANIFEST.sha256"]
    assert f"{hashlib.sha256((sealed.folder / 'manifest.json').read_bytes()).hexdigest()}  manifest.json" in lines
    if shutil.which("sha256sum"):
        command = ["sha256sum", "-c", "--quiet", "--strict", "MANIFEST.sha256"]
        assert subprocess.run(command, cwd=sealed.folder, check=False).returncode == 0
        (sealed.folder / HELP).write_bytes(b"x")
        assert subprocess.run(command, cwd=sealed.folder, check=False, capture_output=True).returncode == 1


def test_the_two_manifests_say_the_same_or_it_is_told(sealed):
    sums = sealed.text("MANIFEST.sha256")
    sealed.write("MANIFEST.sha256", "".join(sums.splitlines(keepends=True)[1:]))
    assert [(p.kind, p.file) for p in manifest.check(sealed.folder)] == [("seal-record", "MANIFEST.sha256")]
    (sealed.folder / "MANIFEST.sha256").unlink()
    assert [(p.kind, p.file) for p in manifest.check(sealed.folder)] == [("seal-missing-file", "MANIFEST.sha256")]


def test_the_same_site_gives_the_same_manifest(sealed):
    before = (sealed.folder / "manifest.json").read_bytes()
    manifest.write(sealed.folder, "第101示范县残联", "2026-09-30", "dirty")
    assert (sealed.folder / "manifest.json").read_bytes() == before
    assert manifest.digest(sealed.folder) == hashlib.sha256(before).hexdigest()


def test_any_byte_flipped_in_any_file_is_found(sealed):
    chance = random.Random(3)
    paths = sorted(p for p in sealed.folder.rglob("*") if p.is_file())
    chosen = [*paths, *chance.choices(paths, k=100 - len(paths))]
    missed = []
    for path in chosen:
        before = path.read_bytes()
        at = chance.randrange(len(before))
        path.write_bytes(before[:at] + bytes([before[at] ^ 1 << chance.randrange(8)]) + before[at + 1 :])
        name = path.relative_to(sealed.folder).as_posix()
        if name not in {file for _, file in verified(sealed)}:
            missed.append((name, at))
        path.write_bytes(before)
    assert (len(chosen), missed) == (100, [])
    assert verified(sealed) == []


def test_a_file_cut_added_lost_or_renamed_is_named_as_such(sealed):
    (sealed.folder / TABLE).write_bytes((sealed.folder / TABLE).read_bytes()[:-300])
    (sealed.folder / "theme" / "more.css").write_text("p{}", encoding="utf-8")
    (sealed.folder / "comparisons.csv").unlink()
    (sealed.folder / PROJECT).rename(sealed.folder / "projects" / "other.html")
    assert [(p.kind, p.file) for p in manifest.check(sealed.folder)] == [
        ("manifest-changed", TABLE),
        ("manifest-renamed", "projects/other.html"),
        ("manifest-added", "theme/more.css"),
        ("manifest-missing", "comparisons.csv"),
    ]


def test_a_link_in_the_place_of_a_file_is_a_change(sealed):
    (sealed.folder / HELP).unlink()
    (sealed.folder / HELP).symlink_to(sealed.folder / HOME)
    assert ("manifest-changed", HELP) in verified(sealed)


@pytest.mark.parametrize("name", ["manifest.json", "facts.json"])
def test_a_record_that_is_gone_or_unreadable_is_named(sealed, name):
    (sealed.folder / name).write_bytes(b'{"files": 3')
    assert ("seal-record", name) in verified(sealed)
    (sealed.folder / name).write_bytes(b"[]")
    assert ("seal-record", name) in verified(sealed)
    (sealed.folder / name).unlink()
    assert ("seal-missing-file", name) in verified(sealed)


# ---- whoever writes a new manifest over a change


def resealed(site: small_site.Small) -> list[tuple[str, str]]:
    manifest.write(site.folder, "第101示范县残联", "2026-09-30", "dirty")
    return verified(site)


@pytest.mark.parametrize(
    ("path", "old", "new", "kind"),
    [
        (PROJECT, "1,212 人", "1,213 人", "seal-figure"),
        (YEAR, "最少就业 940.05。</desc>", "最少就业 940.06。</desc>", "seal-sentence"),
        (TABLE, ">1,812.5<", ">1,813.5<", "seal-spelling"),
        (HELP, "共 3 步", "共 5 步", "seal-unclassed"),
        (HOME, "转 2", "转 5", "seal-unclassed"),
        ("facts.json", '"value":"1212"', '"value":"1213"', "seal-figure"),
        ("facts.json", '"value":"1212"', '"value":"12x2"', "seal-record"),
        ("facts.json", '"value":"1212"', '"value":null', "seal-record"),
        ("facts.json", '"pages":["projects/2025/kf-01/index.html"],"places":0,"printed":"","scale":"","state":"known","title":"服务人数"',
         '"pages":[],"places":0,"printed":"","scale":"","state":"known","title":"服务人数"', "seal-listed-page"),
        ("facts.json", '"state":"suppressed"', '"state": "suppressed"', "seal-record"),
    ],
)  # fmt: skip
def test_a_change_under_a_new_manifest_still_contradicts_the_facts(sealed, path, old, new, kind):
    text = sealed.text(path)
    assert old in text
    sealed.write(path, text.replace(old, new, 1))
    assert kind in {each[0] for each in resealed(sealed)}
