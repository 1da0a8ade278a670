// What a village worker enters of the register from Kotlin: a soldier, his letter, an employer, answers, who is one person.
package bianfang

import bianfang.fixture.BootClock
import bianfang.fixture.Fixture
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.bianfang_client.AnswerDraft
import uniffi.bianfang_client.AnswersDraft
import uniffi.bianfang_client.BasisPersonDraft
import uniffi.bianfang_client.ClientException
import uniffi.bianfang_client.LetterDraft
import uniffi.bianfang_client.RecordState
import uniffi.bianfang_client.Relation
import uniffi.bianfang_client.UnitDraft
import uniffi.bianfang_client.VisitMore
import uniffi.bianfang_ffi.Phone
import java.nio.file.Path
import kotlin.random.Random

class RegisterTest {
    @TempDir lateinit var folder: Path

    private val nobody = BasisPersonDraft(
        basis = null, name = null, household = null, division = null, certificateNo = null, enlisted = null,
        discharged = null, diedOn = null, plaqueAt = null, parentsHousehold = null, relations = emptyList(),
        relationsGone = emptyList(),
    )

    private fun letter(source: String, soldier: String) = LetterDraft(
        source = source, level = "THIRD", soldier = "李小军", basisPerson = soldier, household = null, division = null,
        noticeNo = null, familyName = null, relation = null, address = null, phone = "13800138000", approvedOn = null,
        receivedOn = null, conscript = true, civilian = false, posthumous = false, awardFen = null, goodsFen = null,
    )

    private fun more(answers: AnswersDraft) = VisitMore(
        unit = null, mustTrigger = null, visitors = emptyList(), companions = null, thoughts = null, difficulties = null,
        cause = null, measures = null, answered = null, toSolve = null, followUpOn = null, signature = null,
        noSignature = null, noPhoto = null, noPlace = null, enteredBy = null, giftsText = null, needsText = null,
        answers = listOf(answers),
    )

    private suspend fun refused(call: suspend () -> Unit): String = try {
        call()
        fail("refused")
    } catch (error: ClientException.Invalid) {
        error.`field`
    }

    @Test
    fun aDayBeyondThePlainVisitArrives() = runBlocking {
        Fixture().use { fixture ->
            Phone.open(folder.toString(), Random(1).nextBytes(32), BootClock()).use { phone ->
                assertTrue(phone.enrol(fixture.invitations.first(), "JUnit").atWork)
                phone.synchronize(Told())
                val people = phone.people(due()).rows
                val person = people.first { it.household != null }
                val draft = nobody.copy(
                    basis = "SERVING", name = "李小军", household = person.household, enlisted = "2023-09",
                    relations = listOf(Relation(person.id, "父亲")),
                )
                val soldier = phone.newBasisPerson(phone.newForm(), draft)
                phone.changeBasisPerson(soldier.id, nobody.copy(enlisted = "2023-10", certificateNo = "民优字第3号"))
                val row = phone.basisPersons(person.household!!).single()
                assertEquals("李小军" to "2023-10", row.name to row.enlisted)
                assertEquals(listOf("certificate_no" to "PROPOSED"), row.beside.map { it.`field` to it.why })

                assertEquals("source", refused { phone.newLetter(phone.newForm(), letter("TROOPS", soldier.id)) })
                val sent = phone.newLetter(phone.newForm(), letter("FAMILY", soldier.id))
                assertEquals(listOf(sent.id), phone.letters("RECEIVED").map { it.id })
                val why = phone.today(0u, 500u).rows.first { it.person == person.id }.due.first()
                assertEquals(listOf("MUST", "MERIT", sent.id), listOf(why.why, why.code, why.record))

                val village = phone.divisions().first { it.level == "VILLAGE" }
                val unit = phone.newUnit(
                    phone.newForm(),
                    UnitDraft("EMPLOYER", "红旗粮站", village.id, null, listOf("13900139000"), emptyList(), "保管员两名"),
                )
                phone.changeUnit(unit.id, UnitDraft(null, null, null, "赵会计", emptyList(), emptyList(), null))
                assertEquals(listOf("赵会计"), phone.units("粮站").map { it.contactName })

                val sets = phone.questionSets(person.id, listOf("EMPLOY"))
                assertEquals(listOf("EMPLOYMENT", "TRAINING"), sets.map { it.code })
                val answers = AnswersDraft(
                    "EMPLOYMENT", sets.first().version, person.id,
                    listOf(AnswerDraft("state", "UNEMPLOYED"), AnswerDraft("income", "许多")),
                )
                assertTrue("wants" in phone.asked(answers))
                assertEquals(listOf("income"), phone.checkAnswers(answers).map { it.`field` })
                val form = phone.newForm()
                val visit = met(person, System.currentTimeMillis()).copy(workTypes = listOf("ROUND", "EMPLOY"))
                assertEquals("answers", refused { phone.saveVisit(form, visit.copy(more = more(answers))) })
                val mended = answers.copy(values = listOf(AnswerDraft("state", "UNEMPLOYED"), AnswerDraft("income", "3000")))
                val seen = phone.saveVisit(form, visit.copy(more = more(mended)))

                val other = people.first { it.id != person.id }
                val same = phone.saySame(phone.newForm(), other.id, person.id)
                assertEquals(listOf(same.id), phone.compare(person.id, other.id).said.map { it.id })
                phone.void(same.id, "看错了")
                assertTrue(phone.same(person.id).single().voided)

                assertEquals(0uL, phone.synchronize(Told()).refused)
                for (id in listOf(soldier.id, sent.id, unit.id, seen.id)) assertEquals(RecordState.Confirmed, phone.state(id))
                phone.shut()
            }
        }
    }
}
