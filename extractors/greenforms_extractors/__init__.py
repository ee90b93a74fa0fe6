"""Readers for the files a form comes back in, and the matcher that finds a form's slots in them.

Nothing here knows a form, a schema or a rule: a reader turns a file into a `model.Document`, the matcher lays a
`match.Layout` over a `Document`. The engine (`greenforms`) imports this package, never the other way round.
"""
