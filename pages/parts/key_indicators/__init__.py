"""The page of the key-indicator screen: its answer, scorecard, picture and evidence cards."""
