"""Work on many files, whoever does it and wherever what became of it is written down.

A `Ledger` knows the tasks and what became of each; an `Executor` does them, here or elsewhere; `scheduler.run` brings
both together and hands every outcome to a `Receiver`. None of them knows what the work is.
"""
