"""Pooled evidence: what all that entered, left or stood beside a programme did, beside others."""

from pages.parts.frame import head_above
from pages.parts.pooled.view import show_pooled

show_pooled(head_above())
