"""Every page answers, in both languages, and keeps what it must keep."""

from html import escape
from re import findall, sub
from zipfile import ZipFile

import pytest

from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.accounts import add_accounts, log_in
from tests.web.county import (
    DUTY_PHONE,
    EMPTY,
    LATER,
    PHONE,
    STUCK,
    WICKED,
    open_office,
)
from tests.web.pages import PAGES
from web import HEADERS, create_app
from web.rights import RIGHTS

DOWNLOADS = (
    f"/units/{SCHOOL.id}/roster.xlsx",
    f"/units/{SCHOOL.id}/roster.csv",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_chinese_and_in_english(shown, page):
    joint = "&" if "?" in page else "?"

    chinese = shown.reads(f"{page}{joint}lang=zh")
    english = shown.reads(f"{page}{joint}lang=en")

    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english
    assert "节假日与周末值班" in chinese
    assert "Holiday and weekend duty" in english


def test_the_language_is_remembered(shown):
    shown.reads("/?lang=en")
    assert "Units" in shown.reads("/summary")

    shown.reads("/?lang=zh")
    assert "各单位" in shown.reads("/summary")


@pytest.mark.parametrize(
    "page",
    [
        "/nothing",
        "/units/U999",
        "/units/U999/check",
        f"/units/{SCHOOL.id}?term=1999-autumn",
        f"/units/{SCHOOL.id}/roster.pdf",
        f"/units/{EMPTY.id}/roster.xlsx",
        "/people/P99999",
        "/checks/none",
        "/rules/parents",
        f"/rules/schools?unit={SCHOOL.id}x",
        "/calendar/1999",
        "/calendar/9999",
        "/summary?term=none",
        "/?term=none",
    ],
)
def test_what_does_not_exist_is_said_in_words(shown, page):
    assert "没有这个页面" in shown.reads(page, 404)


@pytest.mark.parametrize(
    "query",
    [
        "_external=1&_scheme=javascript",
        "endpoint=x",
        "unit_id=U001",
        "_anchor=x&_method=POST",
    ],
)
def test_the_link_to_the_other_language_stays_on_the_page(shown, query):
    page = shown.reads(f"/units/{SCHOOL.id}?{query}")

    (link,) = findall('href="([^"]+)" hreflang', page)
    assert link == f"/units/{SCHOOL.id}?lang=en"


def test_the_language_link_of_a_subscription_leads_to_the_person(visitor):
    page = f"/people/{SCHOOL.id}-01/feed"

    answer = visitor.sends(page, f"{page}s", label="手机")

    (link,) = findall('href="([^"]+)" hreflang', answer.text)
    assert visitor.client.get(link).status_code == 200


def test_every_endpoint_asks_for_a_right(shown):
    rules = shown.client.application.url_map.iter_rules()

    assert {rule.endpoint for rule in rules} == set(RIGHTS)


def test_what_has_no_right_is_refused_to_everybody(visitor):
    app = create_app(visitor.client.application.extensions["office"])
    app.add_url_rule("/secret", "secret", lambda: "for nobody")

    answer = log_in(app.test_client()).get("/secret")

    assert answer.status_code == 403
    assert "for nobody" not in answer.text


@pytest.mark.parametrize("page", [*PAGES, *DOWNLOADS, "/nothing"])
def test_no_telephone_number_leaves_and_nothing_foreign_is_loaded(shown, page):
    answer = shown.client.get(page)

    # On paper they are for who makes the roster, see test_papers.
    for number in (PHONE, DUTY_PHONE, DUTY_PHONE.replace("-", "")):
        assert number.encode() not in answer.data or "/paper" in page
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Content-Security-Policy"].startswith(
        "default-src 'self'"
    )
    if answer.mimetype == "text/html":
        # Calendars take whole addresses; these are our own.
        assert "://" not in sub(r"(http|webcal)://localhost/", "", answer.text)
        assert not findall(r"<script|<style| style=| on\w+=", answer.text)


def test_no_telephone_number_is_inside_a_workbook(shown, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(shown.client.get(DOWNLOADS[0]).data)

    with ZipFile(path) as parts:
        text = b"".join(parts.read(name) for name in parts.namelist())
    assert SCHOOL.name.encode() in text
    assert PHONE.encode() not in text
    assert DUTY_PHONE.encode() not in text


@pytest.mark.parametrize(
    "page",
    [
        f"/units/{SCHOOL.id}",
        f"/units/{SCHOOL.id}?view=list",
        f"/units/{SCHOOL.id}/people",
        f"/units/{SCHOOL.id}/fairness",
        f"/people/{SCHOOL.id}-00",
    ],
)
def test_a_name_that_is_html_is_shown_and_not_run(shown, page):
    text = shown.reads(page)

    assert escape(WICKED, quote=False) in text
    assert WICKED not in text


def test_what_is_searched_for_is_shown_and_not_run(shown):
    text = shown.reads('/?q="><script>alert(1)</script>')

    assert "<script" not in text
    assert "没有符合条件的单位" in text


def test_the_county_can_be_narrowed(shown):
    def names(query):
        return findall(r'class="name"><a[^>]*>([^<]+)', shown.reads(query))

    assert names("/?q=柳湾小") == [SCHOOL.name]
    assert names("/?kind=bureau") == [BUREAU.name]
    assert names("/?state=none") == [STUCK.name, EMPTY.name]
    assert names(f"/?district={BUREAU.name}&kind=kindergarten") == [EMPTY.name]
    assert len(names("/?state=whatever&kind=&q=")) == 4


def test_a_county_without_records_says_what_to_do(tmp_path):
    here = open_office(tmp_path / "empty")
    with here.records.writing() as session:
        add_accounts(session)
    client = log_in(create_app(here).test_client())

    for page in ("/", "/summary"):
        text = client.get(page).text
        assert "duty-roster import" in text
        assert "duty-roster demo" in text
    assert "没有这个页面" in client.get("/units/U001").text
    here.close()


def test_a_unit_that_cannot_be_manned_says_why_in_the_articles_words(shown):
    text = shown.reads(f"/units/{STUCK.id}")

    assert "排不出值班表" in text
    assert "甲00 2026-10-01 至 2026-10-07 不在" in text
    assert "带班领导须有 1 人" in text
    assert "第十四条" in text
    tried = text[text.index("已依次试过的办法") :]
    steps = [
        tried.index(word) for word in ("按制度原样", "缩短间隔", "带班兼值班")
    ]
    assert steps == sorted(steps)
    assert "无解" in text


def test_a_term_without_a_roster_says_how_to_make_one(shown):
    text = shown.reads(f"/units/{SCHOOL.id}?term={LATER.id}")

    assert f'href="/units/{SCHOOL.id}/generate?term={LATER.id}"' in text


def test_the_year_without_a_notice_is_provisional(shown):
    assert "暂定：" in shown.reads("/calendar/2027")
    assert "暂定：" not in shown.reads("/calendar/2026")


def test_the_year_shows_its_notice_its_holidays_and_its_make_up_days(shown):
    text = shown.reads("/calendar/2026")

    assert "国办发明电〔2025〕7号" in text
    assert "2026-10-01 四 – 2026-10-07 三" in text
    assert "补班：" in text
    assert "2026-10-10 六" in text


def test_a_roster_tells_who_answers_for_it_and_its_proof(shown):
    text = shown.reads(f"/units/{SCHOOL.id}")

    assert "编排 王办公室，批准 李局长" in text
    assert "最优，已证明" in text
    assert "2026年10月" in text
    assert "盖章" in text


def test_today_is_written_out_in_both_languages(shown):
    assert "2026年10月6日（星期二）" in shown.reads(
        f"/units/{SCHOOL.id}/check?lang=zh"
    )
    assert "Tuesday, 6 October 2026" in shown.reads(
        f"/units/{SCHOOL.id}/check?lang=en"
    )
    shown.reads("/?lang=zh")


def test_the_term_of_today_comes_first(shown):
    text = shown.reads("/")

    assert f"<h1>{SHORT.name} " in text
    assert f'<span class="date">{SHORT.first}</span>' in text
