"""What the workbench says a series could show, where it was simulated and where the formula stands alone."""

from indicators.analyses.its_before import before_run
from tests.app.conftest import Open, lead, text_of

SERIES = {"org": "RXW", "indicator": "sickness"}
OWN_MONTHS = {"interruptions": "own", "entry": "2022-07", "covid": "none", "anticipation": "0"}
DOCUMENT = {"analysis": "its", "interruptions": ["2022-07"], "covid": "none", "horizons": [0, 2, 4]}


def test_the_simulated_effect_is_said_and_the_formula_beside_it(open_page: Open) -> None:
    app = open_page("its", **SERIES, **OWN_MONTHS)
    assert not app.exception
    level, _, year = before_run(DOCUMENT | SERIES).least
    assert (f"{year.known:.1f}", f"{year.simulated:.1f}") == ("1.0", "1.2")
    assert f"smaller than {level.simulated:.1f} points" in lead(app)
    assert "4 quarters after entry under 1.2 points" in lead(app)
    told = text_of(app)
    assert "2,000 made series with errors like these (seed 20210)" in told
    assert f"gives {level.known:.1f} points at the start and {year.known:.1f} points" in told


def test_of_counts_nothing_is_said_of_made_series(open_page: Open) -> None:
    assert "made series" not in text_of(open_page("its", org="RXL", indicator="ae_4h_all"))
