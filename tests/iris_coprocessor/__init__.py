"""The iris module's program under the real MicroPython, and the checks of its source."""
