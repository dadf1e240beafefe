"""The tables of the community waiting lists: their titles, and the services that are their columns."""

from data_sources.layouts import Layout

ENGLAND_ONLY = (
    "(A) Adult safeguarding",
    "(CYP) Looked after children teams",
    "(CYP) Safeguarding",
)
"""Services published for England and in the total only, so that nobody can be told from a small number."""

SERVICES = (
    ENGLAND_ONLY[0],
    "(A) Audiology",
    "(A) Clinical support to social care, care homes and domiciliary care",
    "(A) Community nursing services",
    "(A) Home oxygen assessment services",
    "(A) Intermediate care and reablement",
    "(A) Musculoskeletal service",
    "(A) Neurorehabilitation (multi-disciplinary)",
    "(A) Nursing and Therapy support for LTCs: Continence/ colostomy",
    "(A) Nursing and Therapy support for LTCs: Diabetes",
    "(A) Nursing and Therapy support for LTCs: Falls",
    "(A) Nursing and Therapy support for LTCs: Heart failure",
    "(A) Nursing and Therapy support for LTCs: Lymphoedema",
    "(A) Nursing and Therapy support for LTCs: MND",
    "(A) Nursing and Therapy support for LTCs: MS",
    "(A) Nursing and Therapy support for LTCs: Respiratory/COPD",
    "(A) Nursing and Therapy support for LTCs: Stroke",
    "(A) Nursing and Therapy support for LTCs: TB",
    "(A) Nursing and Therapy support for LTCs: Tissue viability",
    "(A) Podiatry and podiatric surgery",
    "(A) Rehabilitation bed-based care",
    "(A) Rehabilitation services (integrated)",
    "(A) Therapy interventions: Dietetics",
    "(A) Therapy interventions: Occupational therapy",
    "(A) Therapy interventions: Orthotics",
    "(A) Therapy interventions: Physiotherapy",
    "(A) Therapy interventions: Speech and language",
    "(A) Urgent Community Response/Rapid Response team",
    "(A) Weight management and obesity services",
    "(A) Wheelchair, orthotics, prosthetics and equipment",
    "(CYP) Antenatal, new-born and children screening and immunisation services",
    "(CYP) Audiology",
    "(CYP) Child health information service",
    "(CYP) Community nursing services (planned care and rapid response teams)",
    "(CYP) Community paediatric service",
    ENGLAND_ONLY[1],
    "(CYP) New-born hearing screening",
    "(CYP) Nursing and Therapy teams support for long term conditions",
    "(CYP) Rapid Response Services",
    ENGLAND_ONLY[2],
    "(CYP) Therapy interventions: Dietetics",
    "(CYP) Therapy interventions: Occupational therapy",
    "(CYP) Therapy interventions: Orthotics",
    "(CYP) Therapy interventions: Physiotherapy",
    "(CYP) Therapy interventions: Speech and language",
    "(CYP) Vision screening",
    "(CYP) Wheelchair, orthotics, prosthetics and equipment",
)
"""Adults (A), children and young people (CYP): the same columns in every table of every known file."""

LAYOUT = Layout(
    5,
    ("Organisation Type", "Organisation Code", "Organisation Name"),
    tuple((service, service) for service in SERVICES),
)

TOTAL_SHEET = "Table 4"
TOTAL_TITLE = "Total waiting list by service"

_TO_52_WEEKS = {
    "Table 4a": "Number waiting 0-1 weeks (0-7 days) by service",
    "Table 4b": "Number waiting >1-2 weeks (8-14 days) by service",
    "Table 4c": "Number waiting >2-4 weeks (15-28 days) by service",
    "Table 4d": "Number waiting >4-12 weeks (29-84 days) by service",
    "Table 4e": "Number waiting >12-18 weeks (85-126 days) by service",
    "Table 4f": "Number waiting >18-52 weeks (127-364 days) by service",
}
LAST_SHEET = "Table 4h"
"""Only where it is there does the table before it end at 104 weeks."""

BANDS_TO_52 = {
    **_TO_52_WEEKS,
    "Table 4g": "Number waiting over 52 weeks (over 365 days) by service",
}
BANDS_TO_104 = {
    **_TO_52_WEEKS,
    "Table 4g": "Number waiting >52-104 weeks (365-728 days) by service",
    LAST_SHEET: "Number waiting over 104 weeks (over 2 years) by service",
}
"""Titles of the tables by length of wait: to August 2024 or later, and from December 2024 at the latest."""

OVER_52_SHEETS = ("Table 4g", LAST_SHEET)
