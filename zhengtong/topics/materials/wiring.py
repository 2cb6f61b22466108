"""The province's library of electronic licences: its port, the job that asks it; sentences of the trail."""

from uuid import UUID

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.links.actions import call
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.simulators import licence_library
from zhengtong.foundation.outbox.jobs import job

from . import actions, queries, rules

LIBRARY = "provincial-licences"
TITLE = "省电子证照库"
READER = system_actor("licence-reader", "links.call", "materials.take_in")


@job(actions.LOOK_UP)
def look_up(holder: str) -> None:
    """Ask for the holder's papers and note what is there; again is harmless."""
    who = queries.identity_of(UUID(holder))
    if who is None:
        return
    content = {"name": who.name, "id_type": who.id_type, "id_number": who.id_number}
    told = call(
        LIBRARY, "POST", "/papers", operation="look_up", about=f"subject:{holder}", content=content, actor=READER
    )
    for paper in rules.papers_told(told):
        actions.refer_to(UUID(holder), **paper, system=TITLE, actor=READER)


simulators.add(LIBRARY, licence_library)
ports.add(LIBRARY, Port(LIBRARY, TITLE, "ZHENGTONG_PORT_LICENCES"))

for verb, words in {
    "taken_in": "随办件存入", "judged": "核对材料", "checked": "核验有效期", "kept": "存入材料库", "renamed": "改名",
    "removed": "移出材料库",
}.items():  # fmt: skip
    sentences.add(f"materials.storedmaterial.{verb}", words)
