"""How figures of a paper follow from others: formulas and scores, worked out step by step."""
