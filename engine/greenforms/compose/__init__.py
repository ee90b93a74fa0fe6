"""A report drafted from the applicant's papers, as far as figures and fixed texts go; a person writes the rest."""
