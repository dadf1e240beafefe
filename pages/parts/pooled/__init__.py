"""The page of pooled evidence: what all that entered, left or stood beside did, beside others."""
