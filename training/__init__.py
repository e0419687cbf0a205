"""Gold to weights: ``python -m training.train``. Not part of the wheel."""
