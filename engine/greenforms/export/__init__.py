"""What papers state, for other programs: one line a statement, or a report in xBRL-JSON. The shapes are versioned."""
