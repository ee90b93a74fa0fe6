"""The clerk's review: what was handed in, what the machine read of it, and what people say of these readings.

A machine reading is kept as it came and never overwritten (`readings`). What people confirm, change and take back is a
layer over it (`layer`), from which the corrections that the engine knows are made (`layered`). `order` says which
fields want a look first, `shown` how they stand beside the paper, `standing` what the papers of a submission say of
each other, `outcome` what goes out.
"""
