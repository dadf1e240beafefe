"""Choices that go with a reader from page to page, and links that say all there is to see."""

from tests.app.conftest import FILES, Open


def test_a_choice_is_taken_over_by_a_page_opened_from_the_menu(open_page: Open) -> None:
    app = open_page("explorer", indicator="rtt_18w")
    app.query_params.clear()
    app.switch_page(FILES["library"]).run()
    app.switch_page(FILES["explorer"]).run()
    assert app.selectbox(key="link.indicator").value == "rtt_18w"


def test_a_link_takes_over_nothing(open_page: Open) -> None:
    app = open_page("explorer", indicator="rtt_18w")
    app.switch_page(FILES["library"]).run()
    app.query_params.clear()
    app.query_params["view"] = "trajectory"
    app.switch_page(FILES["explorer"]).run()
    assert app.selectbox(key="link.indicator").value == "ae_4h_all"


def test_a_choice_that_was_cleared_stays_cleared(open_page: Open) -> None:
    app = open_page("explorer", indicator="rtt_18w", region="London")
    app.multiselect(key="link.region").set_value([]).run()
    app.query_params.clear()
    app.switch_page(FILES["library"]).run()
    app.switch_page(FILES["explorer"]).run()
    assert app.multiselect(key="link.region").value == []
    assert app.selectbox(key="link.indicator").value == "rtt_18w"


def test_a_choice_another_page_does_not_know_is_left_out_without_a_word(open_page: Open) -> None:
    app = open_page("durability", programme="special-measures")
    app.query_params.clear()
    app.switch_page(FILES["explorer"]).run()
    assert len(app.info) == 0
    assert app.multiselect(key="link.programme").value == []
