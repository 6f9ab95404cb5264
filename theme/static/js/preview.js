// Sent by the preview alone, never part of a site: waits for the next rebuild, then shows it where the reader was.
"use strict";
{
  const { version, changed } = document.currentScript.dataset;
  const place = `scrolled ${location.pathname}`;
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const restore = () => {
    const before = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (before !== null) window.scrollTo(0, Number(before));
  };

  const follow = async () => {
    let now = version;
    while (now === version) {
      try {
        const answer = await fetch(`${changed}?since=${version}`, { cache: "no-store" });
        now = answer.ok ? await answer.text() : now;
      } catch {
        await pause(1000); // the preview was stopped; it may be started again
      }
    }
    sessionStorage.setItem(place, String(window.scrollY));
    location.reload();
  };

  window.addEventListener("load", () => {
    restore();
    follow();
  });
}
