"""An evaluator's work: materials of one unit, what follows from them, drafts of the report, and what changed."""
