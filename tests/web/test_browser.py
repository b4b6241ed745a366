"""The app in a real browser: every screen without a fault or a foreign request, by keyboard, dark, narrow."""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from importlib import resources

import pytest

from tests.web.conftest import Served, make_store

SCREENS = ["/", "/timeline", "/accounts", "/reader", "/conflict", "/actors", "/positions", "/differences", "/origins",
           "/statements", "/events", "/map", "/network", "/search?q=withdraw"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@contextmanager
def opened(browser, url, **how):
    """A page that fails the test on a console error, a script error or a request to anywhere else."""
    context = browser.new_context(**how)
    context.set_default_timeout(8_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda r: faults.append(r.url) if not r.url.startswith((url, "data:", "blob:")) else None
    )
    yield page
    context.close()
    assert faults == []


def test_every_screen_opens_without_a_fault_or_a_foreign_request(browser, served):
    with opened(browser, served.url) as page:
        for path in SCREENS:
            page.goto(served.url + path)
            assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_keeps_wcag_aa(browser, served, scheme):
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python (with axe-core) is not installed")
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    with opened(browser, served.url, color_scheme=scheme, bypass_csp=True) as page:
        for path in [*SCREENS, article_path(page, served)]:
            page.goto(served.url + path)
            page.evaluate(axe)
            found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
            broken = [(v["id"], [n["html"][:120] for n in v["nodes"][:2]]) for v in found["violations"]]
            assert broken == [], path


def article_path(page, served) -> str:
    rows = page.request.get(served.url + "/articles.json").json()["rows"]
    return f"/reader/{rows[0]['id']}"


def test_nothing_is_wider_than_a_narrow_screen(browser, served):
    with opened(browser, served.url, viewport={"width": 390, "height": 800}) as page:
        for path in [*SCREENS, article_path(page, served)]:
            page.goto(served.url + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_count_opens_the_drawer_and_escape_closes_it(browser, served):
    with opened(browser, served.url) as page:
        page.goto(f"{served.url}/statements")
        link = page.locator(".cite").first
        link.click()
        page.wait_for_selector("#drawer .account")
        assert page.url.endswith("/statements")
        page.keyboard.press("Escape")
        assert page.locator("#drawer").is_hidden()


def test_the_drawer_copies_a_quotation(browser, served):
    with opened(browser, served.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{served.url}/statements")
        page.locator(".cite").first.click()
        page.wait_for_selector("#drawer .account")
        page.locator("#drawer .copy summary").first.click()
        page.locator("#drawer .copybutton").first.click()
        page.wait_for_selector("#drawer .copybutton:text-is('Copied')")
        assert page.evaluate("navigator.clipboard.readText()").startswith("“")


def test_the_keyboard_alone_leads_from_screen_to_words(browser, served):
    with opened(browser, served.url) as page:
        page.goto(served.url)
        page.keyboard.press("2")
        page.wait_for_url("**/timeline")
        for key in ("j", "j", "o"):
            page.keyboard.press(key)
        page.wait_for_selector("#drawer .account")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("withdraw")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=withdraw")


def test_a_filter_stands_in_the_address_and_survives_a_reload(browser, served):
    with opened(browser, served.url) as page:
        page.goto(f"{served.url}/statements")
        page.fill(".filters input[name=actor]", "Norda")
        page.click(".filters button")
        page.wait_for_url("**actor=Norda**")
        page.reload()
        assert "by Norda" in page.locator(".echo").inner_text()


def test_the_theme_is_chosen_and_kept(browser, served):
    with opened(browser, served.url, color_scheme="light") as page:
        page.goto(served.url)
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("#theme")
        page.goto(f"{served.url}/timeline")
        assert before != page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_timeline_pans_and_zooms_and_opens_what_was_clicked(browser, served):
    with opened(browser, served.url) as page:
        page.goto(f"{served.url}/timeline")
        page.wait_for_selector("#lanes[data-ready]")
        page.locator("#lanes canvas").focus()
        for key in ("+", "ArrowRight", "-"):
            page.keyboard.press(key)
        assert int(page.locator("#lanes").get_attribute("data-ready")) > 0


def test_every_screen_works_without_scripts(browser, served):
    with opened(browser, served.url, java_script_enabled=False) as page:
        page.goto(f"{served.url}/timeline")
        assert page.locator("#lanes svg").count() == 1
        page.goto(f"{served.url}/statements")
        page.locator(".cite").first.click()
        page.wait_for_url("**/cite/**")
        assert page.locator(".account").count() > 0


def test_hostile_text_stays_text(browser, served):
    with opened(browser, served.url) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(f"{served.url}/articles")
        page.get_by_text("<script>alert('head')</script>").click()
        page.wait_for_selector(".reader")
        assert page.locator(".reader img").count() == 0


def test_review_by_keyboard(browser, tmp_path):
    from playwright.sync_api import expect

    from detente.store import look_at
    from detente.web.app import make_app
    from detente.web.pages.review import Reviewer

    path = make_store(tmp_path)
    reviewer = Reviewer(str(path))
    running = Served(make_app(str(path), review=reviewer))
    try:
        with opened(browser, running.url) as page:
            page.goto(f"{running.url}/review?token={reviewer.token}")
            before = page.locator(".echo").inner_text()
            page.keyboard.press("x")
            expect(page.locator(".echo")).not_to_have_text(before)
            page.keyboard.press("u")
            expect(page.locator(".echo")).to_have_text(before)
    finally:
        running.stop()
    view = look_at(str(path))
    assert view.judgements() == []
    view.close()
