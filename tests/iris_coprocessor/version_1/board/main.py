"""Started by MicroPython after each reset; everything else is compiled."""

import module

module.run()
