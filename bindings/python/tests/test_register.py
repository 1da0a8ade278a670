"""What a village worker enters of the register from Python: a soldier, his letter, an employer, answers, who is one person."""

import time

from bianfang import (
    AnswerDraft,
    AnswersDraft,
    BasisPersonDraft,
    ClientError,
    LetterDraft,
    RecordState,
    Relation,
    UnitDraft,
    VisitMore,
)

from .fixture import Fixture
from .world import PhoneCase, Told, due, met


def basis(**given) -> BasisPersonDraft:
    fields = dict.fromkeys(
        ["basis", "name", "household", "division", "certificate_no", "enlisted", "discharged", "died_on", "plaque_at",
         "parents_household"]
    )
    return BasisPersonDraft(**{**fields, "relations": [], "relations_gone": [], **given})


def letter(source: str, soldier: str) -> LetterDraft:
    return LetterDraft(
        source=source, level="THIRD", soldier="李小军", basis_person=soldier, household=None, division=None,
        notice_no=None, family_name=None, relation=None, address=None, phone="13800138000", approved_on=None,
        received_on=None, conscript=True, civilian=False, posthumous=False, award_fen=None, goods_fen=None,
    )


class RegisterTest(PhoneCase):
    async def test_a_day_beyond_the_plain_visit_arrives(self):
        async with Fixture() as fixture:
            phone = await self.open()
            self.assertTrue((await phone.enrol(fixture.invitations[0], "unittest")).at_work)
            await phone.synchronize(Told())
            people = (await phone.people(due())).rows
            person = next(row for row in people if row.household)
            soldier = basis(
                basis="SERVING", name="李小军", household=person.household, enlisted="2023-09",
                relations=[Relation(person=person.id, relation="父亲")],
            )
            soldier = await phone.new_basis_person(await phone.new_form(), soldier)
            row = (await phone.basis_persons(person.household))[0]
            self.assertEqual((row.name, row.relations[0].relation), ("李小军", "父亲"))
            await phone.change_basis_person(soldier.id, basis(certificate_no="民优字第3号"))

            with self.assertRaises(ClientError.Invalid) as refused:
                await phone.new_letter(await phone.new_form(), letter("TROOPS", soldier.id))
            self.assertEqual(refused.exception.field, "source")
            sent = await phone.new_letter(await phone.new_form(), letter("FAMILY", soldier.id))
            self.assertEqual([row.id for row in await phone.letters("RECEIVED")], [sent.id])
            tasks = (await phone.today(0, 500)).rows
            reasons = next(row.due for row in tasks if row.person == person.id)
            self.assertEqual((reasons[0].why, reasons[0].code, reasons[0].record), ("MUST", "MERIT", sent.id))

            village = next(row for row in await phone.divisions() if row.level == "VILLAGE")
            unit = UnitDraft(unit_kind="EMPLOYER", name="红旗粮站", division=village.id, contact_name=None,
                             phones=["13900139000"], phones_gone=[], hiring="保管员两名")
            unit = await phone.new_unit(await phone.new_form(), unit)
            self.assertEqual([row.hiring for row in await phone.units("粮站")], ["保管员两名"])

            sets = await phone.question_sets(person.id, ["EMPLOY"])
            self.assertEqual([row.code for row in sets], ["EMPLOYMENT", "TRAINING"])
            said = [AnswerDraft(question="state", value="UNEMPLOYED"), AnswerDraft(question="income", value="许多")]
            answers = AnswersDraft(set="EMPLOYMENT", version=sets[0].version, person=person.id, values=said)
            self.assertIn("wants", await phone.asked(answers))
            self.assertEqual([row.field for row in await phone.check_answers(answers)], ["income"])
            more = VisitMore(
                unit=None, must_trigger=None, visitors=[], companions=None, thoughts=None, difficulties=None, cause=None,
                measures=None, answered=None, to_solve=None, follow_up_on=None, signature=None, no_signature=None,
                no_photo=None, no_place=None, entered_by=None, gifts_text=None, needs_text=None, answers=[answers],
            )
            visit = met(person, time.time_ns() // 1_000_000)
            visit.work_types, visit.more = ["ROUND", "EMPLOY"], more
            form = await phone.new_form()
            with self.assertRaises(ClientError.Invalid) as refused:
                await phone.save_visit(form, visit)
            self.assertEqual(refused.exception.field, "answers")
            answers.values[1].value = "3000"
            seen = await phone.save_visit(form, visit)

            other = next(row for row in people if row.id != person.id)
            same = await phone.say_same(await phone.new_form(), other.id, person.id)
            pair = await phone.compare(person.id, other.id)
            self.assertEqual((pair.one.row.id, [row.id for row in pair.said]), (person.id, [same.id]))
            await phone.void(same.id, "看错了")
            self.assertTrue((await phone.same(person.id))[0].voided)

            summary = await phone.synchronize(Told())
            self.assertEqual(summary.refused, 0)
            for record in (soldier.id, sent.id, unit.id, seen.id):
                self.assertEqual(await phone.state(record), RecordState.CONFIRMED())
