"""Limits recalculated by a person on the page: suggested, previewed, put on record for all, taken back."""

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.charted import chart_indicator
from indicators.rebases import FILE_NAME, read_record, rebases_in_force
from indicators.registry import load_all
from settings import Settings
from sql.publish import read_current
from sql.reads import open_database
from tests.app.conftest import ROOT, Open, specs, text_of
from tests.app.test_control_chart import VIEW, opened


@pytest.fixture
def own_folder(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the published version in which a record of recalculations does no harm."""
    published = read_current(warehouse)
    assert published is not None
    for name in ("current.json", published.file):
        (tmp_path / name).symlink_to(warehouse / name)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def visit(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/explore/explorer.py")
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def choose_start(app: AppTest, day: date) -> AppTest:
    box = next(box for box in app.selectbox if box.label == "Limits begin anew from")
    return box.set_value(day).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def write(app: AppTest, **texts: str) -> None:
    for label, text in texts.items():
        next(box for box in app.text_input if box.label == label.replace("_", " ")).set_value(text)


def charted(folder: Path) -> dict[str, str]:
    """The icons of one organisation by the recalculations in force, worked out without the page."""
    published = read_current(folder)
    assert published is not None
    indicator = load_all(Settings().catalogue_dir)["ae_4h_all"]
    with open_database(folder / published.file) as connection:
        rebases = rebases_in_force(folder, "ae_4h_all")
        icons = chart_indicator(connection, indicator, rebases=rebases).icons
    return icons.set_index("org_code").loc["RXW"].to_dict()


def grid_row() -> dict[str, str]:
    """The row of `all_icons` for that organisation and indicator, as any other page reads it."""

    def script() -> None:
        import streamlit as st

        from pages.parts.charted import all_icons
        from pages.parts.store import begin_run

        begin_run()
        chosen = all_icons().query("org_code == 'RXW' and indicator_id == 'ae_4h_all'").iloc[0]
        st.session_state["row"] = chosen[["mean", "upper", "variation", "assurance"]].to_dict()

    other = AppTest.from_function(script, default_timeout=60).run()
    assert not other.exception
    return dict(other.session_state["row"])


def refuse_to_write(monkeypatch: pytest.MonkeyPatch, app: AppTest) -> None:
    """On a folder that takes no record the page says so, and names no place on the server."""

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/srv/secret/rebases.jsonl")

    with monkeypatch.context() as patched:
        patched.setattr("pages.parts.control.rebase_form.recalculate", refused)
        press(app, "Put on record")
    assert "nothing was put on record" in app.error[0].value
    assert "secret" not in app.error[0].value


def test_a_recalculation_changes_chart_and_grid_until_it_is_taken_back(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(visit(**VIEW), "rebase")
    assert "Nothing on record happened near a lasting shift" in text_of(app)
    before = grid_row()
    assert before["mean"] == pytest.approx(53.08, abs=0.005)
    choose_start(app, date(2023, 7, 1))
    assert "Preview, nothing is stored yet: the mean would be 54.8 % and then 51.9 %" in text_of(
        app
    )
    assert read_record(own_folder).recalculations == ()

    press(app, "Put on record")
    assert "Say why." in app.error[0].value
    refuse_to_write(monkeypatch, app)
    write(app, Reason="New <b>unit</b> opened", Your_name="A. Analyst")
    press(app, "Put on record")
    assert not app.exception
    assert "Limits are recalculated from Jul 2023, for everybody." in app.success[0].value
    assert "New &lt;b&gt;unit&lt;/b&gt; opened (A. Analyst, " in text_of(app)
    assert "limits recalculated from Jul 2023" in json.dumps(specs(app)[0])
    after = grid_row()
    assert after["mean"] == pytest.approx(51.9, abs=0.05)
    assert after == {name: charted(own_folder)[name] for name in after}
    assert "New <b>unit</b> opened" in (own_folder / FILE_NAME).read_text()

    write(app, Why_it_is_taken_back="It opened a year later", Your_name="B. Reader")
    press(app, "Take it back")
    assert "The recalculation was taken back." in app.success[0].value
    assert "Taken back: It opened a year later (B. Reader, " in text_of(app)
    assert "limits recalculated" not in json.dumps(specs(app)[0])
    assert grid_row() == before


def test_damage_to_the_record_is_told_and_breaks_nothing(own_folder: Path) -> None:
    (own_folder / FILE_NAME).write_text("nonsense\n")
    app = opened(visit(**VIEW), "rebase")
    assert not app.exception
    assert "1 line of the record of recalculations cannot be read" in app.warning[0].value


def test_where_no_shift_lasts_there_is_nothing_to_recalculate(open_page: Open) -> None:
    app = opened(
        open_page("explorer", **VIEW | {"org": "RX7", "indicator": "amb_c2_mean"}), "rebase"
    )
    assert "There is nothing to recalculate now" in text_of(app)
    assert "Limits begin anew from" not in [box.label for box in app.selectbox]


def test_something_on_record_near_a_lasting_shift_is_suggested_and_not_applied(
    open_page: Open,
) -> None:
    link = VIEW | {"org": "QJK", "indicator": "rtt_18w"}
    app = opened(open_page("explorer", **link), "rebase")
    assert "Suggested: 25 points on one side of the mean from Apr 2024, and near that, " in text_of(
        app
    )
    assert "1 February 2024: Community-service pathways removed." in text_of(app)
    # The same change as the national events tell it: a reader of any indicator sees it there.
    near = (
        "Near it nationally: RTT: community service pathways no longer counted (Feb 2024). Whether"
    )
    assert near in text_of(app)
    assert "limits recalculated" not in json.dumps(specs(app)[0])
