"""The rules of the house, checked over the files themselves. What is allowed beyond them stands below with its reason."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from scripts import registers

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
THEME = ROOT / "theme" / "templates"
TEMPLATE_FOLDERS = (SCRIPTS / "pages", SCRIPTS / "registers", THEME)

# The flow. A module may import what stands above it; a package is one unit, a register's three parts are three.
ORDER = """
wording problems cache cells facts identities declared addresses broken_toml publisher schema columns workbooks tables privacy days
grades targets
official registers inputs display slips book restated narrative plain measures clauses commitments coverage duties mentions explained registers/facts
suppression releases grids charts downloads pages registers/pages
account changes annotating blanks demo manifest seal sealing turning site publishing preview usage saying verbs __main__
""".split()

# Han characters that a Python file needs: (file, part of the constant) -> why.
HAN_ALLOWED: dict[tuple[str, str], str] = {
    ("scripts/cells.py", "\u3000"): "the wide space between Han characters is a space",
    ("scripts/grids/records.py", "＝＋－＠"): "signs with which a spreadsheet starts a formula",
    ("scripts/charts/finish.py", "＋－"): "signs of a number, wide ones included",
}
# Addresses of local folders and words that would name the makers instead of the thing: (file, match) -> why.
MENTIONS_ALLOWED: dict[tuple[str, str], str] = {
    (".ci/run", "/usr/"): "the first line of a shell script",
    ("tests/test_tooling.py", "/usr/"): "the same line, expected",
    ("tests/browser/find.py", "/Applications/"): "where a Mac keeps its browsers",
}
LONGEST_MODULE = 220
PANDAS_DOORS = {"read_csv", "read_excel", "read_html", "to_html", "to_markdown", "to_excel", "to_csv"}
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]|\\u(?:3[0-9a-f]|[4-9][0-9a-f]|f[9af]|ff)[0-9a-f]{2}", re.I)
ABSOLUTE = re.compile(r"(?<![\w.:/~)}\]>-])(?:/(?:work|tmp|root|home|Users|opt|usr|var|etc|mnt|Applications)/|[A-Z]:\\\w)")
REGISTRIES = re.compile(r"pypi\.|pythonhosted|npmjs|--(?:extra-)?index-url|--find-links|--trusted-host", re.I)
MAKERS = re.compile(
    r"\bissue tracker|\bissues? #?\d|\b(?:this|that|next|later|own) issues?\b"
    r"|(?<!user-)(?<!user )\b(?:sub)?agents?\b|\bsessions?\b|\b(?:claude|anthropic|openai|chatgpt|copilot|llms?)\b", re.I,
)  # fmt: skip
PYTEST_SESSION = re.compile(r"""scope="session"|\bpytest_session\w+""")


# ---- what there is to check


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def page_templates() -> tuple[Path, ...]:
    return tuple(sorted((*SCRIPTS.rglob("*.j2"), *THEME.rglob("*.html"))))


@cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps or would keep; without git, everything that is not made."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return tuple(path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file())
    made = {".venv", ".build", "output", "__pycache__", ".git"}
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts))


def wording() -> dict:
    return tomllib.loads((SCRIPTS / "wording.toml").read_text(encoding="utf-8"))


# ---- imports


def imported(module: ast.Module) -> Iterator[str]:
    """Dotted names, wherever they are imported; `from scripts import a` counts as `scripts.a`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            whole = {"scripts", "scripts.registers"}
            yield from (f"{node.module}.{a.name}" if node.module in whole else node.module for a in node.names)


def unit(dotted: str) -> str:
    """The unit of ORDER that `scripts.<…>` belongs to: scripts.registers.execution.pages -> registers/pages."""
    _, first, *rest = [*dotted.split("."), ""][:5]
    if first == "registers" and len(rest) > 1 and rest[0] in registers.ORDER:
        return "registers/pages" if rest[1] in ("pages", "charts") else "registers/facts"
    return first


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def against_the_flow(module: str, names: list[str]) -> list[str]:
    """Imports of a unit that stands below the module's own."""
    own = unit(module)
    ours = [name for name in names if name.startswith("scripts.")]
    return [f"{module} imports {name}" for name in ours if unit(name) != own and ORDER.index(unit(name)) > ORDER.index(own)]


def between_registers(module: str, names: list[str]) -> list[str]:
    def register(name: str) -> str:
        return next((part for part in name.split(".")[2:3] if part in registers.ORDER), "") if ".registers." in name else ""

    own = register(module)
    return [f"{module} imports {name}" for name in names if own and register(name) not in ("", own)]


def test_nothing_under_scripts_imports_pelican():
    assert [shown(p) for p in python_files("scripts") if any(n.split(".")[0] == "pelican" for n in imported(tree(p)))] == []


def test_every_module_has_a_place_in_the_flow():
    assert sorted({unit(dotted(p)) for p in python_files("scripts") if dotted(p) != "scripts"} - set(ORDER)) == []


def test_imports_follow_the_flow():
    assert [each for p in python_files("scripts") for each in against_the_flow(dotted(p), [*imported(tree(p))])] == []


def test_a_register_never_imports_another():
    assert [each for p in python_files("scripts") for each in between_registers(dotted(p), [*imported(tree(p))])] == []


def test_the_seal_knows_nothing_of_how_numbers_are_written():
    """It reads them back by itself: one mistake in `display` must not sign itself."""
    seal = [p for p in python_files("scripts") if dotted(p).startswith("scripts.seal.")]
    writers = {"display", "grids", "charts", "pages", "book", "plain"}
    assert [f"{dotted(p)} imports {n}" for p in seal for n in imported(tree(p)) if n.startswith("scripts.") and unit(n) in writers] == []


def test_an_import_against_the_flow_is_found():
    assert against_the_flow("scripts.facts", ["scripts.grids", "scripts.cells", "re"]) == ["scripts.facts imports scripts.grids"]
    assert against_the_flow("scripts.pages.home", ["scripts.registers.execution.pages"]) != []
    assert between_registers("scripts.registers.budget.facts", ["scripts.registers.execution.facts"]) != []
    assert between_registers("scripts.registers.budget.pages", ["scripts.registers.budget.facts", "scripts.registers"]) == []


# ---- words


def docstrings(module: ast.Module) -> set[int]:
    owners = (n for n in ast.walk(module) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef))
    first = (owner.body[0] for owner in owners if owner.body)
    return {id(n.value) for n in first if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}


def han_constants(module: ast.Module) -> list[tuple[int, str]]:
    """Line and text of strings with Han characters, Chinese punctuation or escapes of these. Docstrings are free."""
    free = docstrings(module)
    strings = (n for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in free)
    return [(n.lineno, n.value) for n in strings if HAN.search(n.value)]


def test_no_chinese_is_typed_in_python():
    files = [*python_files("scripts", "plugins"), ROOT / "pelicanconf.py"]
    assert [
        f"{shown(path)}:{line} {text}" for path in files for line, text in han_constants(tree(path))
        if not any(shown(path) == file and part in text for file, part in HAN_ALLOWED)
    ] == []  # fmt: skip


def test_typed_chinese_is_found():
    assert han_constants(ast.parse('"""说明"""\nx = "说"\ny = "\\u8bf4"\nz = r"[\\u4e00-\\u9fff]"\nw = f"{x}，"\nv = "a·b"')) == [
        (2, "说"), (3, "说"), (4, r"[\u4e00-\u9fff]"), (5, "，"),
    ]  # fmt: skip


def typed_digits(source: str, phrases: list[str]) -> list[str]:
    """Digits of a template that no figure stands behind: outside comments, tags, link targets and declared phrases."""
    prose = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "\0", source, flags=re.S)
    prose = re.sub(r"<[^<>]*>", lambda tag: " ".join(re.findall(r'\b(?:title|alt|aria-label)="([^"]*)"', tag[0])), prose)
    prose = re.sub(r"(?<=\])\([^()]*\)|^\s*#+", "\0", prose, flags=re.M)
    prose = re.sub(r"&#?\w+;", "\0", prose)
    printed = (c.value for out in jinja2.Environment().parse(source).find_all(nodes.Output) for c in direct_texts(out))
    found = []
    for text in (*prose.splitlines(), *printed):
        for phrase in sorted(phrases, key=len, reverse=True):
            text = text.replace(phrase, "\0")
        if re.search(r"\d", text):
            found.append(text.replace("\0", "…").strip())
    return found


def direct_texts(node: nodes.Node) -> Iterator[nodes.Const]:
    """String constants that an output prints as they are, not those handed to a filter, a function or a comparison."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Const) and isinstance(child.value, str):
            yield child
        elif isinstance(child, nodes.CondExpr):
            yield from direct_texts(nodes.Output([child.expr1, *([child.expr2] if child.expr2 else [])]))
        elif isinstance(child, nodes.Concat | nodes.Add):
            yield from direct_texts(child)


def test_no_digit_is_typed_in_a_template():
    phrases = wording().get("template_phrases", {}).get("list", [])
    assert {shown(p): f for p in page_templates() if (f := typed_digits(p.read_text(encoding="utf-8"), phrases))} == {}


def test_a_declared_phrase_stands_in_a_template():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in page_templates())
    assert [p for p in wording().get("template_phrases", {}).get("list", []) if p not in everything] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("花了 {{ f.spent|wan }}，{{ 2 + 3 }}。<h2 id='x2'>项</h2>", []),
        ("花了 2,940 万元", ["花了 2,940 万元"]),
        ("[细目](2024/lines.csv)\n\n## [标题](#part-2)", []),
        ('{{ "第 3 名" if f.first else name }}', ["第 3 名"]),
        ('{{ link("budget/2024/") }}{{ x|default("a1") }}', []),
        ('<svg width="12"><desc>共 7 项</desc></svg>', ["共 7 项"]),
        ('<img alt="3 项" src="x1.png">', ["3 项"]),
        ("请拨打 12385", []),
    ],
)
def test_typed_digits_are_found(source, found):
    assert typed_digits(source, ["12385"]) == found


# ---- problems


def calls(module: ast.Module, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in names:
                yield node


def first_words(call: ast.Call) -> list[str]:
    """The texts that the first argument may be: a literal, or both sides of a condition; none where it is a variable."""
    first = call.args[:1]
    return [n.value for arg in first for n in ast.walk(arg) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def raised_kinds() -> dict[str, str]:
    """Kind -> a place that raises it."""
    return {
        kind: f"{shown(path)}:{call.lineno}"
        for path in python_files("scripts")
        for call in calls(tree(path), "problem", "NotUnderstood")
        for kind in first_words(call)
    }


def literal_strings() -> set[str]:
    """Every string in the code: where the kind is a variable, its name still stands somewhere as a literal."""
    return {
        n.value for path in python_files("scripts") for n in ast.walk(tree(path))
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }  # fmt: skip


def test_every_problem_kind_has_its_words():
    assert {kind: place for kind, place in raised_kinds().items() if kind not in wording()["problems"]} == {}


def test_the_words_of_a_problem_are_whole():
    whole = {"severity", "message", "fix"}
    assert {k: sorted(w) for k, w in wording()["problems"].items() if set(w) != whole or w["severity"] not in ("error", "warning")} == {}


def kind_heads() -> set[str]:
    """Beginnings of kinds that the code puts together: f"official-{wrong.kind}" -> "official-"."""
    joined = (n.values[0] for p in python_files("scripts") for n in ast.walk(tree(p)) if isinstance(n, ast.JoinedStr) and n.values)
    return {n.value for n in joined if isinstance(n, ast.Constant) and re.fullmatch(r"[a-z]+-", n.value)}


def test_no_problem_kind_is_without_use():
    literals = literal_strings()
    used = {head + literal for head in kind_heads() for literal in literals} | literals
    assert sorted(set(wording()["problems"]) - used) == []


def test_every_problem_kind_has_a_test():
    told = "\n".join(path.read_text(encoding="utf-8") for path in python_files("tests") if path != Path(__file__))
    assert sorted(kind for kind in wording()["problems"] if f'"{kind}"' not in told) == []


# ---- templates


@cache
def jinja() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE_FOLDERS))


def template_exists(name: str) -> bool:
    return any((folder / name).is_file() for folder in TEMPLATE_FOLDERS)


def named_templates() -> Iterator[tuple[str, str]]:
    """(where, template) of every template that code or another template names."""
    for path in python_files("scripts"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w/-]+\.j2|[\w/-]+\.md\.j2", node.value):
                yield f"{shown(path)}:{node.lineno}", node.value
            if isinstance(node, ast.keyword) and node.arg == "template" and isinstance(node.value, ast.Constant):
                yield f"{shown(path)}:{node.value.lineno}", f"{node.value.value}.html"
        for call in calls(tree(path), "component"):
            yield from ((f"{shown(path)}:{call.lineno}", f"components/{name}.html") for name in first_words(call))
    for path in page_templates():
        for node in jinja().parse(path.read_text(encoding="utf-8")).find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            if isinstance(node.template, nodes.Const):
                yield f"{shown(path)}:{node.lineno}", node.template.value


def test_every_template_named_exists():
    assert [f"{where} {name}" for where, name in named_templates() if not template_exists(name)] == []


def test_a_component_is_a_macro_of_its_own_name():
    used = {name for path in python_files("scripts") for call in calls(tree(path), "component") for name in first_words(call)}
    texts = {name: (THEME / "components" / f"{name}.html").read_text(encoding="utf-8") for name in used}
    assert sorted(name for name, text in texts.items() if not re.search(rf"{{%-? *macro {name}\(", text)) == []


def test_no_template_styles_or_scripts_in_line():
    inline = re.compile(r"\sstyle\s*=|<style\b|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
    code = [*page_templates(), *SCRIPTS.rglob("*.py")]
    assert [shown(path) for path in code if inline.search(path.read_text(encoding="utf-8"))] == []


def test_every_wording_that_is_named_exists():
    """`wording.say("a.b")` and `word("a.b")`; a name put together from parts is left to the page that prints it."""
    tables = wording()

    def exists(key: str) -> bool:
        found = tables
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                return False
            found = found[part]
        return True

    said = [(shown(p), key) for p in python_files("scripts") for c in calls(tree(p), "say") for key in plain_key(c)]
    for path in page_templates():
        for call in jinja().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if getattr(call.node, "name", "") == "word" and call.args and isinstance(call.args[0], nodes.Const):
                said.append((shown(path), call.args[0].value))
    assert [f"{where} {key}" for where, key in said if not exists(key)] == []


def plain_key(call: ast.Call) -> list[str]:
    """The key of a `say` call when it is one literal: "charts.unit"; a sentence (progress) is not a key."""
    return [a.value for a in call.args[:1] if isinstance(a, ast.Constant) and re.fullmatch(r"[\w-]+(\.[\w-]+)+", str(a.value))]


# ---- registers, sizes, mentions


@pytest.mark.parametrize("name", registers.ORDER)
def test_a_register_is_complete(name):
    folder = SCRIPTS / "registers" / name
    own_pages = (folder / "pages.py").is_file()
    needs = [folder / "schema.toml", ROOT / "tests" / "registers" / f"test_{name}.py", *([folder / "index.md.j2"] if own_pages else [])]
    assert [shown(path) for path in needs if not path.is_file()] == []


def test_no_module_outgrows_one_look():
    """150 lines feel right; the limit is where a reader starts to scroll back. The longest are listed by `-rA`."""
    lengths = {shown(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files("scripts", "plugins")}
    for name, length in sorted(lengths.items(), key=lambda each: -each[1]):
        if length > 150:
            print(f"{length:4} {name}")
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_says_its_place():
    bare = [shown(p) for p in python_files("scripts", "plugins") if not (ast.get_docstring(tree(p)) or "").strip()]
    assert [name for name in bare if (ROOT / name).read_text(encoding="utf-8").strip()] == []


def test_no_drawer_for_leftovers():
    assert [shown(p) for p in python_files("scripts") if p.stem in ("utils", "util", "helpers", "helper", "common", "misc")] == []


def test_pandas_neither_reads_inputs_nor_writes_pages():
    """Only `tables` reads data, only the writers of a grid write: a frame knows neither states nor what is hidden."""
    assert [
        f"{shown(path)}:{node.lineno} {node.attr}" for path in python_files("scripts", "plugins") for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in PANDAS_DOORS
    ] == []  # fmt: skip


def mentions(text: str) -> list[str]:
    text = PYTEST_SESSION.sub("", text)
    return [found[0] for rule in (ABSOLUTE, REGISTRIES, MAKERS) for found in rule.finditer(text)]


def test_files_speak_of_the_thing_and_of_no_machine():
    """No folder of one machine, no registry's address, none of the words of those who made it. Received documents are theirs."""
    found = []
    for path in kept_files():
        if path == Path(__file__) or shown(path).startswith("tests/real/"):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{shown(path)}: {each}" for each in mentions(text) if (shown(path), each) not in MENTIONS_ALLOWED]
    assert found == []


def test_mentions_are_found():
    assert mentions('open("/work/main/x") see issue 3, https://pypi.org/simple C:\\Users\\x') == ["/work/", "C:\\U", "pypi.", "issue 3"]
    assert mentions('the issuer, issues = [], User-Agent, "../home/x.html", href="/theme/x.css", https://a.cn/home/ scope="session"') == []
