from roster.checks.results import Result, Verdict, Way, may_be_found


def test_a_failed_picture_judges_nobody():
    assert Result.VIDEO_TECH.verdict is Verdict.UNJUDGED


def test_a_failed_picture_needs_a_check_by_video():
    assert may_be_found(Result.VIDEO_TECH, Way.VIDEO, on_site_due=True)
    assert not may_be_found(Result.VIDEO_TECH, Way.ON_SITE, on_site_due=True)


def test_a_telephone_not_answered_is_pending_never_absence():
    assert Result.NO_ANSWER.verdict is Verdict.PENDING


def test_case_12_a_leader_reachable_by_phone_is_not_absent_at_two_at_night():
    assert not may_be_found(Result.ABSENT, Way.PHONE, on_site_due=False)
    assert not may_be_found(Result.LEADER_ABSENT, Way.PHONE, on_site_due=False)
    assert may_be_found(Result.NO_ANSWER, Way.PHONE, on_site_due=False)


def test_paperwork_is_advice():
    assert Result.LOG_MISSING.verdict is Verdict.ADVICE
    assert Result.LOG_PARTIAL.verdict is Verdict.ADVICE


def test_no_two_results_share_a_word():
    assert len({result.word for result in Result}) == len(Result)
