from __future__ import annotations

import sys
from pathlib import Path

# The benchmarks are not part of the wheel; they are imported from the checkout.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
