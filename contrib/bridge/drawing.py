"""Pictures by hand: a page from the camera, a signature from the pad. PNG, eight-bit grey with alpha."""

import math
import random
import struct
import zlib


class Sheet:
    """A sheet of pixels: grey and how opaque it is."""

    def __init__(self, width: int, height: int, *, paper: int | None) -> None:
        self.width, self.height = width, height
        self.rows = [
            bytearray((0 if paper is None else paper, 0 if paper is None else 255) * width) for _ in range(height)
        ]

    def dot(self, x: float, y: float, size: int = 1, grey: int = 30) -> None:
        for row in range(max(0, int(y)), min(self.height, int(y) + size)):
            for column in range(max(0, int(x)), min(self.width, int(x) + size)):
                self.rows[row][2 * column : 2 * column + 2] = bytes((grey, 255))

    def bar(self, x: int, y: int, width: int, height: int, grey: int) -> None:
        left, right = max(0, x), min(self.width, x + width)
        for row in self.rows[max(0, y) : y + height]:
            row[2 * left : 2 * right] = bytes((grey, 255)) * (right - left)

    def png(self) -> bytes:
        raw = b"".join(b"\0" + bytes(row) for row in self.rows)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 4, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in parts
        )


def page(seed: int) -> bytes:
    """A typed page as a camera sees it from above: a heading, lines of characters, a stamp; no two alike."""
    chance, sheet = random.Random(seed), Sheet(620, 877, paper=246)
    sheet.bar(170, 80, 280, 22, 60)
    for line in range(22):
        x, y = (70 if line % 5 else 110), 150 + line * 28
        end = 550 if line % 5 != 4 else chance.randrange(180, 480)
        while x < end:
            for _ in range(9):  # one character: a few strokes in its square
                across = chance.random() < 0.5
                width, height = (chance.randrange(5, 13), 2) if across else (2, chance.randrange(5, 13))
                sheet.bar(x + chance.randrange(0, 13 - width), y + chance.randrange(0, 13 - height), width, height, 70)
            x += 16
    for degree in range(3_600):
        angle = math.radians(degree / 10)
        sheet.dot(460 + 62 * math.cos(angle), 760 + 62 * math.sin(angle), 4, 140)
    return sheet.png()


def signature(seed: int) -> bytes:
    """A flourish on nothing: three waves of a pen."""
    chance, sheet = random.Random(seed), Sheet(600, 200, paper=None)
    for stroke in range(3):
        left, tall, bend = 60 + stroke * 170, chance.randrange(40, 70), chance.uniform(1.5, 3.0)
        for step in range(1_500):
            t = step / 1_500
            x = left + 150 * t + 18 * math.sin(9 * t + stroke)
            sheet.dot(x, 100 + tall * math.sin(bend * math.tau * t) * (1 - t / 2), 5, 25)
    return sheet.png()
