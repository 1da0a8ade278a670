"""What the tests fill forms with."""

import tempfile
import unittest

from bianfang import BootClock, EntryDraft, PeopleQuery, PersonLine, Phone, PlaqueDraft, VisitDraft, Watch

KEY = bytes(range(32))


def due(search: str = "") -> PeopleQuery:
    return PeopleQuery(search=search, village=None, only_due=True, after=None, limit=100)


def met(person: PersonLine, at: int) -> VisitDraft:
    return VisitDraft(
        entries=[EntryDraft(person=person.id, result="MET")],
        method="HOME",
        work_types=["ROUND", "PLAQUE"],
        started_ms=at - 60_000,
        ended_ms=at,
        note="身体尚好",
        place=None,
    )


def hung(person: PersonLine, at: int, visit: str) -> PlaqueDraft:
    return PlaqueDraft(
        household=person.household,
        event="NEW",
        at_ms=at,
        position="GATE",
        hanger="村站",
        signature=None,
        no_signature="家属不便签字",
        old_returned=False,
        contact=visit,
    )


class Told(Watch):
    """Collects what it is told; called from threads of the library."""

    def __init__(self):
        self.stages = []

    def progress(self, progress):
        self.stages.append(progress.stage)


class PhoneCase(unittest.IsolatedAsyncioTestCase):
    """A folder for a phone's store."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name

    async def open(self, key: bytes = KEY) -> Phone:
        phone = await Phone.open(self.folder, key, BootClock())
        self.addAsyncCleanup(phone.shut)
        return phone
