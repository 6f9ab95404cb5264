"""Pelican's settings. What depends on the publisher comes from site.json beside the content, through the plugin."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

SITENAME = "sunshine-federation"
SITEURL = ""
RELATIVE_URLS = True
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
LOCALE = ("C",)

THEME = str(HERE / "theme")
THEME_STATIC_PATHS: list[str] = []  # the builder flattens the style sheets itself
PLUGIN_PATHS = [str(HERE / "plugins")]
PLUGINS = ["disclosures"]

# Pages only. Without menus of pages the stage is linear in their number.
PAGE_PATHS = ["disclosures"]
PAGE_URL = "{slug}"
PAGE_SAVE_AS = "{slug}"
PAGE_EXCLUDES: list[str] = []
ARTICLE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
DISPLAY_PAGES_ON_MENU = False
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = AUTHOR_SAVE_AS = CATEGORIES_SAVE_AS = CATEGORY_SAVE_AS = TAGS_SAVE_AS = TAG_SAVE_AS = ""
DRAFT_SAVE_AS = DRAFT_PAGE_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOAD_CONTENT_CACHE = False
CACHE_CONTENT = False
TYPOGRIFY = False
SLUGIFY_SOURCE = "basename"
DEFAULT_DATE = None
DEFAULT_CATEGORY = "page"
DEFAULT_PAGINATION = False

# Our own reader takes Markdown; nothing else becomes a page.
READERS = {"html": None, "rst": None}
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# Filled from site.json by the plugin.
PUBLISHER: dict = {"name": "", "demonstration": False, "as_of": "", "contacts": {}}
MENU: list[dict] = []
ASIDE: list[dict] = []
