"""Long work on many files: written down as it goes, shared between processes and machines, taken up again.

`running.run_batch` is the door. The ledger is a database, the work is done in supervised processes here (`local`) or on
a cluster (`cluster`), and what comes of each file is written whole before the ledger says so.
"""
