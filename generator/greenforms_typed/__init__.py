"""A second maker of papers, written apart: typed by hand, set in other faces, spaced, ruled and merged otherwise.

Nothing of the reader is tuned on its papers, and it knows nothing of templates, drafts or how a paper is read.
"""
