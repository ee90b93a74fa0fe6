"""Drafts of forms from an authority's blank: labels and slots paired, types and facts guessed, tags put in."""
