"""One visit from Python: an encrypted store, the enrolment, a photo, a plaque, and the server's receipts."""

import asyncio
import time

from bianfang import RecordState, Stage

from .fixture import Fixture
from .world import PhoneCase, Told, due, hung, met


class VisitTest(PhoneCase):
    async def test_visit_with_photo_and_plaque_gets_the_servers_receipts(self):
        async with Fixture() as fixture:
            phone = await self.open()
            self.assertIsNone(await phone.profile())
            profile = await phone.enrol(fixture.invitations[0], "unittest")
            self.assertTrue(profile.name and profile.county)
            self.assertGreater((await phone.synchronize(Told())).received, 0)

            listed = (await phone.people(due())).rows
            person = next(row for row in listed if row.plaque == "PENDING")
            at = time.time_ns() // 1_000_000
            form = await phone.new_form()
            photo = await phone.add_photo(form, fixture.photo)
            self.assertTrue(photo.has_copy, photo.en)
            visit = await phone.save_visit(form, met(person, at))
            plaque = await phone.record_plaque(await phone.new_form(), hung(person, at, visit.id))
            self.assertTrue((await phone.state(visit.id)).is_SAVED())
            self.assertTrue(all(row.received_ms is None for row in await phone.receipts(visit.id)))
            self.assertEqual((await phone.status()).waiting, 3, "the visit, its photo, the plaque")

            told = Told()
            summary = await phone.synchronize(told)
            self.assertEqual(summary.acknowledged, 3)
            self.assertEqual(summary.held + summary.refused + summary.photo_faults, 0)
            self.assertIn(Stage.PUSH, told.stages)

            for record in (visit.id, plaque.id):
                self.assertEqual(await phone.state(record), RecordState.CONFIRMED())
            receipts = await phone.receipts(visit.id)
            self.assertTrue(receipts)
            for receipt in receipts:
                self.assertIsNotNone(receipt.received_ms, receipt.en)
            page = await phone.person(person.id)
            self.assertEqual(page.plaque.state, "HUNG")
            self.assertTrue(page.row.reached and not page.row.due and not page.row.waiting)

            shown = await asyncio.to_thread(fixture.page, person.id)
            self.assertEqual(shown["visits"][0]["id"], visit.id, "the console shows it")
            self.assertTrue(all(photo["stored"] for photo in shown["visits"][0]["photos"]))
            self.assertEqual(len(shown["visits"][0]["photos"]), 1)
            self.assertEqual((shown["plaque"]["state"], shown["plaque_events"][0]["id"]), ("HUNG", plaque.id))
