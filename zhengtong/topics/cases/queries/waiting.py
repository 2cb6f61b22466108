"""What a step may have to wait for that only a higher topic knows."""

from typing import Any

from zhengtong.foundation.wiring import Slot

# Refuses a step (`accept`, `deliver`) of a case while the money it waits for has not come.
money_due: Slot[[Any, str], None] = Slot("cases.money_due")
