"""The phone core in Python: `Phone`, its views and drafts. The modules are written by `cargo xtask bindings`."""

from .bianfang_client import *  # noqa: F403
from .bianfang_ffi import *  # noqa: F403
from .clock import BootClock  # noqa: F401
