"""What an applicant fills in: papers drawn as the authority prints them, what was typed taken up, every version kept.

`drawing` draws a template's program as `drawn`, `entry` says how a field is typed, `typed` takes what was typed,
`pasting` lays a block of cells over the drawn ones, `records` keeps the versions, `filings` is what pages call.
"""
