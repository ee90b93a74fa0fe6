"""Proves rules on variations of papers and answers: data, with verdicts written from the clauses."""
