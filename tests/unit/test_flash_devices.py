"""Which disks are found in a tree like /sys and /proc, and which of them may be overwritten."""

from pathlib import Path

import pytest

from host_tools.flash.devices import BlockDevice, block_devices, refusal
from host_tools.flash.faults import TargetRefused
from host_tools.flash.target import device_at, listing

USB = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2"
USB_DISK = f"{USB}/1-2:1.0/host6/target6:0:0/6:0:0:0"
CARD_GB = 31_914_983_424


class Machine:
    """A tree as the kernel shows it: a system disk with its partitions, and what is plugged in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts = ["22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw"]
        self.swaps = ["Filename\tType\tSize\tUsed\tPriority"]
        disk = "sys/devices/pci0000:00/ata1/host0/target0:0:0/0:0:0:0"
        self.put(disk, vendor="ATA", model="Samsung SSD 870")
        self.disk("sda", disk, number="8:0", sectors=500_118_192, parts=2, removable="0", ro="0")

    def put(self, folder: str, **facts: str) -> None:
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        for name, fact in facts.items():
            (self.root / folder / name).write_text(f"{fact}\n")

    def disk(
        self, name: str, device: str, *, number: str, sectors: int, parts: int = 0, **facts: str
    ) -> None:
        """A disk `name` of `device`, with partitions that count up from its number."""
        block = f"{device}/block/{name}"
        self.put(block, dev=number, size=str(sectors), **facts)
        (self.root / block / "device").symlink_to(self.root / device)
        major, minor = map(int, number.split(":"))
        for part in range(1, parts + 1):
            joined = f"{name}p{part}" if name[-1].isdigit() else f"{name}{part}"
            self.put(f"{block}/{joined}", dev=f"{major}:{minor + part}", partition=str(part))
        (self.root / "sys/block").mkdir(exist_ok=True)
        (self.root / "sys/block" / name).symlink_to(self.root / block)

    def usb_card(self, *, sectors: int = CARD_GB // 512, ro: str = "0", removable: str = "1") -> None:
        self.put("sys/devices/pci0000:00/0000:00:14.0/usb1", idVendor="1d6b", serial="0000:00:14.0")
        self.put(USB, idVendor="0781", serial="4C530001230815")
        self.put(USB_DISK, vendor="SanDisk", model="Ultra")
        self.disk("sdb", USB_DISK, number="8:16", sectors=sectors, parts=2, removable=removable, ro=ro)

    def devices(self) -> dict[str, BlockDevice]:
        self.put("proc/self", mountinfo="\n".join(self.mounts))
        self.put("proc", swaps="\n".join(self.swaps))
        return {device.name: device for device in block_devices(self.root)}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_card_in_a_usb_reader_is_named_by_maker_model_and_serial(machine: Machine) -> None:
    machine.usb_card()

    card = machine.devices()["sdb"]

    assert (card.path, card.size_bytes) == (Path("/dev/sdb"), CARD_GB)
    assert (card.model, card.serial) == ("SanDisk Ultra", "4C530001230815")
    assert refusal(card) is None


def test_a_reader_without_a_number_does_not_take_that_of_the_hub_behind_it(machine: Machine) -> None:
    machine.usb_card()
    (machine.root / USB / "serial").unlink()

    assert machine.devices()["sdb"].serial == ""


def test_a_device_that_calls_itself_a_command_to_the_terminal_is_shown_as_plain_text(
    machine: Machine,
) -> None:
    machine.usb_card()
    (machine.root / USB / "serial").write_text("4C\x1b[2J53\n")

    assert machine.devices()["sdb"].serial == "4C?[2J53"


def test_the_disk_of_the_system_is_refused_by_its_mount(machine: Machine) -> None:
    refused = refusal(machine.devices()["sda"], fixed_is_allowed=True)

    assert refused is not None
    assert refused.reason == "sda2 is mounted on /"


def test_a_disk_under_an_encrypted_or_joined_one_is_refused(machine: Machine) -> None:
    machine.mounts = ["22 1 253:0 / / rw - ext4 /dev/mapper/root rw"]
    machine.put("sys/block/sda/sda2/holders/dm-0")

    refused = refusal(machine.devices()["sda"], fixed_is_allowed=True)

    assert refused is not None
    assert refused.reason == "sda2 is part of dm-0"


def test_swap_and_file_systems_with_numbers_of_their_own_count_as_use(machine: Machine) -> None:
    machine.mounts = ["22 1 0:31 /@ / rw shared:1 - btrfs /dev/sda1 rw"]
    machine.swaps.append("/dev/sda2 partition 8388604 0 -2")

    assert machine.devices()["sda"].uses == ("sda1 is mounted on /", "sda2 is swapped to")


def test_a_mounted_card_is_refused_until_it_is_unmounted(machine: Machine) -> None:
    machine.usb_card()
    machine.mounts.append("90 22 8:17 / /media/ward/boot rw - vfat /dev/sdb1 rw")

    refused = refusal(machine.devices()["sdb"])

    assert refused is not None
    assert refused.reason == "sdb1 is mounted on /media/ward/boot"
    assert refused.hint.startswith("unmount it")


def test_a_locked_card_is_refused_with_what_to_do(machine: Machine) -> None:
    machine.usb_card(ro="1")

    refused = refusal(machine.devices()["sdb"])

    assert refused is not None
    assert "slide the lock" in refused.hint


def test_an_unused_fixed_disk_needs_a_word_more(machine: Machine) -> None:
    machine.mounts = ["22 1 0:20 / / rw - overlay overlay rw"]
    disk = machine.devices()["sda"]

    assert refusal(disk) is not None
    assert refusal(disk, fixed_is_allowed=True) is None


def test_a_usb_disk_that_calls_itself_fixed_may_be_overwritten(machine: Machine) -> None:
    machine.usb_card(removable="0")

    assert refusal(machine.devices()["sdb"]) is None


def test_a_card_in_a_built_in_slot_is_no_fixed_disk_but_soldered_memory_is(machine: Machine) -> None:
    for name, kind, number in (("mmcblk0", "SD", "179:0"), ("mmcblk1", "MMC", "179:8")):
        device = f"sys/devices/platform/{name}"
        machine.put(device, type=kind, name="SC32G", serial="0x0a1b2c3d")
        machine.disk(name, device, number=number, sectors=1000, parts=1, removable="0", ro="0")
    devices = machine.devices()

    assert (devices["mmcblk0"].model, devices["mmcblk0"].serial) == ("SC32G", "0x0a1b2c3d")
    assert refusal(devices["mmcblk0"]) is None
    assert refusal(devices["mmcblk1"]) is not None


def test_an_empty_reader_is_not_listed(machine: Machine) -> None:
    machine.usb_card(sectors=0)

    assert list(machine.devices()) == ["sda"]


def test_the_list_says_of_each_device_whether_it_may_be_overwritten(machine: Machine) -> None:
    machine.usb_card()

    assert list(listing(machine.devices().values())) == [
        "device    size       model                serial",
        "/dev/sda  256.06 GB  ATA Samsung SSD 870  -               refused: sda2 is mounted on /",
        "/dev/sdb  31.91 GB   SanDisk Ultra        4C530001230815  ready",
    ]


def test_a_path_that_is_no_device_is_refused_and_not_created(machine: Machine, tmp_path: Path) -> None:
    absent = tmp_path / "sdz"

    with pytest.raises(TargetRefused, match="is no device"):
        device_at(absent, machine.devices().values(), fixed_is_allowed=True)
    assert not absent.exists()


def test_this_machine_offers_no_disk_that_it_runs_from() -> None:
    mounted = {line.split()[2] for line in Path("/proc/self/mountinfo").read_text().splitlines()}
    offered = [device.name for device in block_devices() if refusal(device, fixed_is_allowed=True) is None]

    numbers = {(Path("/sys/block") / name / "dev").read_text().strip() for name in offered}

    assert numbers & mounted == set()
