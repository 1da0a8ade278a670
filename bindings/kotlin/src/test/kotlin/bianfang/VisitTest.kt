// One visit from Kotlin: an encrypted store, the enrolment, a photo, a plaque, and the server's receipts.
package bianfang

import bianfang.fixture.BootClock
import bianfang.fixture.Fixture
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.bianfang_client.EntryDraft
import uniffi.bianfang_client.PeopleQuery
import uniffi.bianfang_client.PersonLine
import uniffi.bianfang_client.PlaqueDraft
import uniffi.bianfang_client.Progress
import uniffi.bianfang_client.RecordState
import uniffi.bianfang_client.Stage
import uniffi.bianfang_client.VisitDraft
import uniffi.bianfang_ffi.Phone
import uniffi.bianfang_ffi.Watch
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.random.Random

/** Collects what it is told; called from threads of the library. */
class Told : Watch {
    val stages = ConcurrentLinkedQueue<Stage>()

    override fun progress(progress: Progress) {
        stages += progress.stage
    }
}

fun due(search: String = "") = PeopleQuery(search = search, village = null, onlyDue = true, after = null, limit = 100u)

fun met(person: PersonLine, at: Long) = VisitDraft(
    entries = listOf(EntryDraft(person.id, "MET")), method = "HOME", workTypes = listOf("ROUND", "PLAQUE"),
    startedMs = at - 60_000, endedMs = at, note = "身体尚好", place = null,
)

fun hung(person: PersonLine, at: Long, visit: String) = PlaqueDraft(
    household = person.household!!, event = "NEW", atMs = at, position = "GATE", hanger = "村站", signature = null,
    noSignature = "家属不便签字", oldReturned = false, contact = visit,
)

class VisitTest {
    @TempDir lateinit var folder: Path

    private val key = Random(1).nextBytes(32)

    @Test
    fun visitWithPhotoAndPlaqueGetsTheServersReceipts() = runBlocking {
        Fixture().use { fixture ->
            val id = Phone.open(folder.toString(), key, BootClock()).use { phone ->
                assertNull(phone.profile())
                val profile = phone.enrol(fixture.invitations.first(), "JUnit")
                assertTrue(profile.name.isNotBlank() && profile.county.isNotBlank())
                assertTrue(phone.synchronize(Told()).received > 0u)

                val person = phone.people(due()).rows.first { it.household != null && it.plaque == "PENDING" }
                assertEquals(listOf(person.id), phone.people(due(person.name)).rows.filter { it.id == person.id }.map { it.id })
                val at = System.currentTimeMillis()
                val form = phone.newForm()
                phone.keepDraft(form, met(person, at))
                val photo = phone.addPhoto(form, fixture.photo)
                assertTrue(photo.hasCopy, photo.en)
                val visit = phone.saveVisit(form, met(person, at))
                assertEquals(RecordState.Saved, visit.state)
                assertNull(phone.draft(form), "a saved form is no draft any more")
                val plaque = phone.recordPlaque(phone.newForm(), hung(person, at, visit.id))

                assertEquals(RecordState.Saved, phone.state(visit.id))
                assertTrue(phone.receipts(visit.id).all { it.receivedMs == null })
                assertEquals(3uL, phone.status().waiting, "the visit, its photo, the plaque")

                val told = Told()
                val summary = phone.synchronize(told)
                assertEquals(3uL, summary.acknowledged)
                assertEquals(0uL, summary.held + summary.refused + summary.photoFaults)
                assertTrue(Stage.PUSH in told.stages && Stage.PHOTOS in told.stages, "${told.stages}")

                assertEquals(RecordState.Confirmed, phone.state(visit.id))
                assertEquals(RecordState.Confirmed, phone.state(plaque.id))
                val receipts = phone.receipts(visit.id)
                assertTrue(receipts.isNotEmpty())
                for (receipt in receipts) assertNotNull(receipt.receivedMs, receipt.en)
                val page = phone.person(person.id)
                assertEquals("HUNG", page.plaque?.state)
                assertTrue(page.row.reached && !page.row.due && !page.row.waiting)
                assertEquals(0uL, phone.status().waiting)

                val shown = fixture.console.page(person.id)
                val there = shown["visits"].asJsonArray[0].asJsonObject
                assertEquals(visit.id, there["id"].asString, "the console shows it")
                assertEquals(listOf(true), there["photos"].asJsonArray.map { it.asJsonObject["stored"].asBoolean })
                assertEquals("HUNG", shown["plaque"].asJsonObject["state"].asString)
                assertEquals(plaque.id, shown["plaque_events"].asJsonArray[0].asJsonObject["id"].asString)
                phone.shut()
                visit.id
            }
            // What was written is there for who has the key.
            Phone.open(folder.toString(), key, BootClock()).use { phone ->
                assertEquals(RecordState.Confirmed, phone.state(id))
                phone.shut()
            }
        }
    }

    @Test
    fun nothingOfTheStoreIsReadableOnDisk() = runBlocking {
        Phone.open(folder.toString(), key, BootClock()).use { phone ->
            phone.keepDraft(phone.newForm(), met(person(), 1).copy(note = "cleartext-note"))
            phone.shut()
        }
        val files = folder.toFile().walk().filter { it.isFile }.toList()
        assertTrue(files.isNotEmpty())
        for (file in files) assertFalse("cleartext-note" in file.readText(Charsets.ISO_8859_1), file.name)
    }

    private fun person() = PersonLine(
        id = "019a0000-0000-7000-8000-000000000001", name = "张试", household = null, village = "", address = "",
        reached = false, due = true, lastContact = null, plaque = null, waiting = false, birth = null, phone = null,
        idNumber = null,
    )
}
