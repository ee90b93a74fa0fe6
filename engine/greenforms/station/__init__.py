"""The engine in the browser, on one's own machine: a local web application over the same functions."""
