"""What a sensor went through before it is tested."""

from hw.fingerprint.codes import Instruction
from hw.fingerprint.protocol import command
from simulator.fingerprint.twin import FingerprintTwin


def told(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> None:
    """Let the sensor have heard a command of somebody else."""
    for _ in twin.receive(command(instruction, arguments).encode()):
        pass
