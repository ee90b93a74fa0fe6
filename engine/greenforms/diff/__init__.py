"""Two papers or data sets of one form compared: by field, lists by row, running text by sentence."""
