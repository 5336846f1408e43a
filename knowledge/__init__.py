"""All that knows: stories, entries, matching, answering, storing. Never imports discord or bot."""

import os

# The matcher's matrices are small: threads of numpy's BLAS only wait for one another (four times the CPU, measured).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
