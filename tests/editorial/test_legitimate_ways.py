"""What must go on working, whatever the gate refuses: each way with real logins, over HTTP."""

from tests.editorial.newsroom import APPROVED, edit_url, form_of, fresh, task_url, what_visitors_see


def test_the_fixtures_stand_where_they_say(client_as, live_page, draft, in_review, in_approval, scheduled):
    assert what_visitors_see(live_page)[0] == 200
    assert APPROVED in what_visitors_see(live_page)[1]
    for page in (draft, in_review, in_approval, scheduled):
        assert what_visitors_see(page)[0] == 404


def test_author_review_approval_live(client_as, autorka, redaktorka, koordynatorka, draft):
    answer = client_as(autorka).post(edit_url(draft), form_of(draft, **{"action-submit": "1"}))
    assert answer.status_code == 302
    for someone in (redaktorka, koordynatorka):
        state = fresh(draft).current_workflow_task_state
        answer = client_as(someone).post(task_url(draft, "approve", state.pk))
        assert answer.status_code == 302
    assert fresh(draft).live
    assert APPROVED in what_visitors_see(fresh(draft))[1]
