"""Untrusted files are read within bounds of time and memory, whatever is inside them.

`bounds.within_bounds` is the only door. A file whose glance promises little work is read in the process itself; any
other in a warm child process, which is ended when it falls silent or takes too much memory. The child is not forked,
so that this works on every system, and it ends with its parent, however that ends.
"""
