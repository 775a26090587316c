"""What a device driver raises when its device is broken or gone."""


class DeviceFault(Exception):
    """A device does not do its work; the message says which one and what a technician should try."""
