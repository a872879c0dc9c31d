"""The app in a real headless Chromium, as a reader uses it. Skipped where there is no browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from hostile import HOSTILE, hostile_article

import rag
from ingest import ingest
from rag.embedding import Embedder

sync_api = pytest.importorskip(
    "playwright.sync_api", reason="the browser tests need playwright: pip install playwright"
)
Page = sync_api.Page

ROOT = Path(__file__).parent.parent
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WAIT = 60_000  # milliseconds; the first question waits for the embedding model
sync_api.expect.set_options(timeout=WAIT)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here: apt-get install chromium")

# The app with follow-ups that take until they are let go on, as a slow chat model's would, and with a list of what was
# asked.
SLOW = """
import os, runpy, time
import rag
if not hasattr(rag.Archive, "ask_at_once"):
    rag.Archive.ask_at_once = rag.Archive.ask
    def ask(self, question, history=(), **more):
        if history:
            with open(os.environ["ASKED"], "a") as asked:
                print(question, file=asked)
            while not os.path.exists(os.environ["GO_ON"]):
                time.sleep(0.05)
        return self.ask_at_once(question, history=history, **more)
    rag.Archive.ask = ask
runpy.run_path({app!r}, run_name="__main__")
"""


@pytest.fixture(scope="module")
def folder(archive_folder: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds and a hostile article, in an archive that these tests may change."""
    made = tmp_path_factory.mktemp("browser")
    shutil.copytree(archive_folder, made / "archive")
    with rag.Archive(made / "archive", embedder=embedder) as archive:
        ingest([hostile_article(made)], archive)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the app listens."""
    (folder / "slow.py").write_text(SLOW.format(app=str(ROOT / "app.py")))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "ONRECORD_ARCHIVE": str(folder / "archive"),
        "ASKED": str(folder / "asked"),
        "GO_ON": str(folder / "go-on"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "slow.py"), "--server.port", str(port)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as app,
    ):
        try:
            _until_it_answers(f"http://localhost:{port}/_stcore/health", app, folder / "log")
            yield f"http://localhost:{port}"
        finally:
            app.terminate()
            app.wait(20)


def _until_it_answers(url: str, app: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            assert app.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    root = getattr(os, "geteuid", lambda: 1)() == 0
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS + ["--no-sandbox"] * root)
        yield browser
        browser.close()


@pytest.fixture(params=[(1400, 900)], ids=["wide"])
def page(browser: sync_api.Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page, once it offers questions. Whatever a test does, nothing may be fetched from elsewhere or pop up."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    strangers: list[str] = []
    dialogs: list[str] = []
    errors: list[str] = []

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "localhost":
            strangers.append(url)

    context.on("request", lambda request: note(request.url))
    page = context.new_page()
    page.on("websocket", lambda websocket: note(websocket.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.locator(".suggest").wait_for(timeout=WAIT)
    yield page
    context.close()
    assert strangers == []
    assert dialogs == []
    assert errors == []


def ask(page: Page, question: str) -> None:
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")
    page.locator(".asked", has_text=question).wait_for(timeout=WAIT)


def citations(page: Page) -> sync_api.Locator:
    return page.locator("[class*='st-key-cite-'] button")


def whole(page: Page) -> None:
    """Waits for the end of the last answer: what saves it comes after its last citation."""
    page.get_by_role("button", name="Save the evidence").last.wait_for(timeout=WAIT)


def in_view(page: Page, locator: sync_api.Locator) -> bool:
    """Whether the middle of it becomes what a reader sees at that place of the screen, once the page is drawn."""
    for _ in range(WAIT // 100):
        if locator.evaluate(
            """e => {
                const b = e.getClientRects()[0];
                const seen = document.elementFromPoint(b.left + Math.min(b.width / 2, 20), b.top + b.height / 2);
                return seen !== null && (e.contains(seen) || seen.contains(e));
            }"""
        ):
            return True
        page.wait_for_timeout(100)
    return False


def test_a_click_on_a_citation_scrolls_the_article_to_the_cited_words_beside_the_answer(
    page: Page, archive: rag.Archive
) -> None:
    question = "what did Mallard say about talking to protesters?"
    ask(page, question)
    citations(page).first.wait_for(timeout=WAIT)
    given = archive.ask(question)
    citations(page).first.click()
    mark = page.locator("mark.cited").first
    mark.wait_for(timeout=WAIT)
    sync_api.expect(mark).to_be_in_viewport(ratio=0.5)
    assert " ".join(page.locator("mark.cited").all_inner_texts()).split() == given.citations[0].text.split()
    sync_api.expect(mark).to_be_focused()
    assert page.locator("article h2").inner_text()
    line = page.locator("[class*='st-key-line-open-'] .line")
    sync_api.expect(line).to_be_in_viewport()
    assert in_view(page, mark)
    assert in_view(page, line)
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("article")).to_have_count(0)
    sync_api.expect(page.locator(".asked")).to_have_count(1)
    sync_api.expect(citations(page).first).to_be_focused()


def test_a_citation_opens_from_the_keyboard(page: Page) -> None:
    ask(page, "what did Coster say about towing?")
    citations(page).first.wait_for(timeout=WAIT)
    citations(page).first.focus()
    page.keyboard.press("Enter")
    page.locator("mark.cited").first.wait_for(timeout=WAIT)


def at_rest(page: Page) -> None:
    """Waits until the page has stayed where it is for a second, however slow the machine."""
    still, last = 0, -1
    for _ in range(WAIT // 100):
        now = page.locator(".stMain").evaluate("main => main.scrollTop")
        still, last = (still + 1 if now == last else 0), now
        if still >= 10:
            return
        page.wait_for_timeout(100)


def test_a_filter_leaves_the_reader_where_they_are(page: Page) -> None:
    ask(page, "who said something about the bridge?")
    citations(page).first.wait_for(timeout=WAIT)
    at_rest(page)  # it goes to the new answer first
    for date in (page.locator(".st-key-filter-since"), page.locator(".st-key-filter-until")):
        assert date.evaluate("e => e.getBoundingClientRect().width") > 200  # else its year isn't seen
    page.locator(".stMain").evaluate("main => main.scrollTo(0, 200)")
    page.locator(".st-key-filter-source input").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("Ask again").wait_for(timeout=WAIT)
    at_rest(page)
    assert page.locator(".stMain").evaluate("main => main.scrollTop") == 200


def test_a_click_does_not_kill_a_running_answer(page: Page, folder: Path) -> None:
    ask(page, "what did Coster say about towing?")
    whole(page)
    given = citations(page).count()
    ask(page, "and about staffing?")
    page.locator(".working").wait_for(timeout=WAIT)
    assert citations(page).count() == given
    assert page.locator("[class*='st-key-example-']").count() == 0
    citations(page).first.click()
    page.locator("mark.cited").first.wait_for(timeout=WAIT)
    page.get_by_test_id("stStatusWidget").wait_for(timeout=WAIT)
    sync_api.expect(page.get_by_role("button", name="Stop")).to_have_count(0)  # it would stop the page, not the work
    page.locator(".working").wait_for(timeout=WAIT)  # the article is there while the answer is still being made
    (folder / "go-on").touch()
    page.locator(".line", has_text="10,000 staff").wait_for(timeout=WAIT)
    sync_api.expect(page.locator("article")).to_have_count(1)
    assert (folder / "asked").read_text().splitlines() == ["and about staffing?"]


def test_nothing_of_a_hostile_article_comes_alive(page: Page) -> None:
    ask(page, "what did Ina Holm say about the ferry?")
    citations(page).first.wait_for(timeout=WAIT)
    label = citations(page).first.inner_text()
    assert "![](http" in label
    citations(page).first.click()
    page.locator("mark.cited").first.wait_for(timeout=WAIT)
    shown = page.locator("article").inner_text()
    assert all(text in shown for text in HOSTILE)
    alive = page.locator(".stMain").locator(
        "img, a[href*='evil'], a[href^='javascript'], article a, article code, .katex, [onclick]"
    )
    assert alive.count() == 0


@pytest.mark.parametrize("page", [(390, 844), (1100, 800)], ids=["phone", "tablet"], indirect=True)
def test_on_a_small_screen_the_article_covers_the_answer_and_nothing_is_wider_than_the_screen(page: Page) -> None:
    ask(page, "what did Coster say about towing?")
    whole(page)
    at_rest(page)  # it goes to the question first
    wider = """() => [...document.querySelectorAll(".stMain *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"""
    assert page.evaluate(wider) == 0
    citations(page).first.click()
    mark = page.locator("mark.cited").first
    mark.wait_for(timeout=WAIT)
    sync_api.expect(mark).to_be_in_viewport(ratio=0.5)
    assert in_view(page, mark)
    assert page.evaluate(wider) == 0
    page.get_by_role("button", name="Close the article").click()
    sync_api.expect(page.locator("article")).to_have_count(0)
    assert in_view(page, page.locator(".line").first)


def test_an_uploaded_article_can_be_asked_about(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "lighthouse.txt"
    path.write_text("Lighthouse to be painted\n\nMayor Ina Holm said the lighthouse would be painted in June.\n")
    page.get_by_text("Add articles").click()
    page.locator("input[type=file]").set_input_files(str(path))
    page.get_by_role("button", name="Add these files").click()
    page.get_by_text("1 added.").wait_for(timeout=WAIT)
    ask(page, "what did Ina Holm say about the lighthouse?")
    page.locator(".line", has_text="would be painted in June").wait_for(timeout=WAIT)
