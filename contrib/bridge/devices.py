"""The devices of this machine. A real driver is plugged in here: one class with one method, named in DEVICES."""

import shutil
import subprocess
from typing import Any


class DeviceFailed(Exception):
    """The device is there and did not do it; the sentence says what the clerk can do."""


class Printer:
    """Whatever CUPS knows as the default printer; a PDF and plain text are printed as they are."""

    def print(self, name: str, kind: str, content: bytes) -> dict[str, Any]:
        program = shutil.which("lp")
        if program is None:
            raise DeviceFailed("这台电脑没有装打印服务（lp），请安装 CUPS 并设默认打印机。")
        done = subprocess.run([program, "-t", name], input=content, capture_output=True, timeout=30, check=False)
        if done.returncode:
            raise DeviceFailed("打印机没有打印，请检查电源、纸张和默认打印机。")
        return {"printed": name}


# name → the device, or nothing where this machine has none. A reader, for example:
#
#     class Termb:
#         def __init__(self): self.library = ctypes.CDLL("libtermb.so"); self.library.CVR_InitComm(1001)
#         def read(self): … return {"name": …, "number": …, "sex": …, "birth": …, "address": …,
#                                    "valid_from": …, "valid_to": …}
#     DEVICES["id_reader"] = Termb()
DEVICES: dict[str, Any] = {"printer": Printer()} if shutil.which("lp") else {}
