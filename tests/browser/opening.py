"""A page of a fresh profile, with all that it complained of, asked for, or was forbidden."""

from contextlib import contextmanager

# Listens before anything of the page runs, and is no part of it.
WATCH = """
window.forbidden = [];
document.addEventListener("securitypolicyviolation", (told) => window.forbidden.push(`${told.effectiveDirective} ${told.blockedURI}`));
"""


@contextmanager
def opened(browser, **settings):
    """`complaints`: errors and warnings of the console, exceptions, what did not load; `asked`: every address; `dialogs`: their words."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **settings)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.complaints, page.asked, page.dialogs = [], [], []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda wrong: page.complaints.append(str(wrong)))
    page.on("requestfailed", lambda request: page.complaints.extend(not_loaded(request)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    try:
        yield page
    finally:
        context.close()


def not_loaded(request) -> list[str]:
    """Leaving a page ends what it was still loading: that is no fault of the page."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"not loaded: {request.url} ({request.failure})"]


def violated(page) -> list[str]:
    """`directive what` of everything that the page's policy forbade it since it was opened."""
    return page.evaluate("window.forbidden")
