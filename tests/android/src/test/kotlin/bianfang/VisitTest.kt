// A village worker's day on the real screens: enrol, synchronize, find a person, visit in four taps with a photo, hang a
// plaque, and see each record wait and then arrive.
package bianfang

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.v2.runDesktopComposeUiTest
import androidx.compose.ui.unit.Density
import bianfang.data.PeopleQuery
import bianfang.data.Phone
import bianfang.data.arrived
import bianfang.data.openPhone
import bianfang.fixture.Fixture
import bianfang.shell.App
import bianfang.shell.Shell
import bianfang.text.Codes
import bianfang.text.Texts
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import kotlin.time.Duration.Companion.minutes

@OptIn(ExperimentalTestApi::class)
class VisitTest {
    @get:Rule val folder = TemporaryFolder()

    /** On a small phone: 360 × 740 dp. What does not fit there cannot be tapped without scrolling, and the test fails. */
    private fun show(fixture: Fixture, test: Robot.(Phone) -> Unit) = runDesktopComposeUiTest(720, 1480, testTimeout = 5.minutes) {
        val robot = Robot(this)
        val phone = runBlocking { openPhone(folder.root.path, ByteArray(32) { it.toByte() }, BootClock()) }
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        try {
            val shell = Shell(phone, scope, Desk(fixture.photo))
            setContent { CompositionLocalProvider(LocalDensity provides Density(2f)) { App(shell) } }
            robot.test(phone)
        } catch (failure: Throwable) {
            robot.picture("failure")
            throw failure
        } finally {
            scope.cancel()
            runBlocking { phone.shut() }
            phone.close()
        }
    }

    private fun Robot.enrol(fixture: Fixture) {
        type("invitation", fixture.invitations.first())
        tap("enrol")
        await(Texts.nobodyYet.zh)
        synchronize()
        // The day begins with what is due and why; these tests look for somebody in the register.
        tap("due")
    }

    private fun Robot.synchronize() {
        tap("synchronize")
        await(hasTestTag("done"))
    }

    /** Story 10 at the door: person, result, 不愿悬挂, save. The home leaves 待悬挂, and nothing else is asked. */
    @Test
    fun refusingEverythingTakesFourTapsAndArrives() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            await(hasTestTag("person"))
            val person = runBlocking { phone.people(query("")) }.rows.first { it.plaque == "PENDING" }
            type("search", person.name)
            await(Texts.counts(1u, 1u).zh)
            taps = 0
            tap("person")
            await(hasTestTag("save"))
            tap("REFUSED")
            tap("declined")
            tap("save")
            await(hasTestTag("saved"))
            assertEquals("a family that refuses everything", 4, taps)
            await(Codes.plaque("DECLINED").zh)
            picture("declined")
            val page = runBlocking { phone.person(person.id) }
            assertEquals("DECLINED", page.plaque?.state)
            assertEquals(listOf("REFUSED"), page.visits.map { it.result })
            // Who changes their mind is hung one: the two exclude each other.
            tap("MET")
            tap("declined")
            tap("hung")
            // An id number belongs into its own field: in a remark it is masked, and that is said.
            type("note", "身份证990101196001010015")
            tap("save")
            await(Codes.plaque("HUNG").zh)
            await(hasTestTag("hidden"))
            val notes = runBlocking { phone.person(person.id) }.visits.mapNotNull { it.note }
            assertEquals(1, notes.size)
            assertFalse(notes.toString(), notes.single().contains("990101196001010015"))
            tap("back")
            synchronize()
            assertEquals("HUNG", runBlocking { phone.person(person.id) }.plaque?.state)
            assertTrue(runBlocking { phone.troubles() }.isEmpty())
        }
    }

    @Test
    fun visitWithPhotoTakesFourTapsAndArrives() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            await(hasTestTag("person"))
            picture("today")
            val all = runBlocking { phone.people(query("")) }
            val person = all.rows.first { it.plaque == "PENDING" }
            type("search", person.name)
            await(Texts.counts(1u, 1u).zh)

            taps = 0
            tap("person")
            await(hasTestTag("save"))
            assertFalse("without a result there is nothing to save", enabled("save"))
            tap("MET")
            tap("photo")
            await(hasTestTag("kept"))
            tap("save")
            await(hasTestTag("saved"))
            assertEquals("a visit with its photo", 4, taps)
            await(Texts.saved.zh)
            assertFalse("nothing is synchronized without a receipt", shows(Texts.confirmed.zh))
            picture("visit-waiting")

            tap("MET_FAMILY")
            tap("hung")
            tap("save")
            await(hasTestTag("saved"))
            await(Codes.plaque("HUNG").zh)
            awaitGone("hung")
            await(hasTestTag("plaque-state"))

            tap("back")
            await(Texts.waiting(4u, 1u).zh)
            synchronize()
            await(Texts.nobodyDue.zh)
            tap("all")
            tap("person")
            await(Texts.confirmed.zh)
            assertFalse(shows(Texts.saved.zh))
            picture("visit-synchronized")

            val page = runBlocking { phone.person(person.id) }
            assertEquals(listOf("MET_FAMILY", "MET"), page.visits.map { it.result })
            assertTrue(page.visits.all { it.state.arrived() })
            val receipts = runBlocking { phone.receipts(page.visits.last().id) }
            assertTrue(receipts.isNotEmpty())
            for (receipt in receipts) assertNotNull(receipt.en, receipt.receivedMs)
        }
    }

    /** What arrives is looked at, not what the screen shows. */
    @Test
    fun plaqueIsSignedWithTheFingerAndItsPhotoBelongsToIt() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            await(hasTestTag("person"))
            val person = runBlocking { phone.people(query("")) }.rows.first { it.plaque == "PENDING" }
            type("search", person.name)
            await(Texts.counts(1u, 1u).zh)
            tap("person")
            tap("MET")
            tap("hung")
            tap("photo")
            await(hasTestTag("kept"))
            write("ink-plaque")
            await(Texts.signed.zh)
            picture("plaque-signed")
            tap("save")
            await(hasTestTag("saved"))
            tap("back")
            synchronize()
            await(Texts.synchronizedAt("").zh.trim())
            val visit = runBlocking { phone.person(person.id) }.visits.single()
            assertEquals("the photo and the signature are the plaque's", 0u, visit.photos)
            val troubles = runBlocking { phone.troubles() }
            assertTrue(troubles.toString(), troubles.isEmpty())
            assertEquals("HUNG", runBlocking { phone.person(person.id) }.plaque?.state)
        }
    }

    /** Heard at one door and closed at the same door later; the core has it, and the day's list asks in between. */
    @Test
    fun needIsHeardInOneVisitAndClosedInAnother() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            await(hasTestTag("person"))
            val person = runBlocking { phone.people(query("")) }.rows.last()
            type("search", person.name)
            await(Texts.counts(1u, 1u).zh)
            tap("person")
            tap("MET")
            choose("need")
            type("need-asked", "慢性病门诊报销")
            tap("save")
            await(hasTestTag("fault"))
            picture("need-lacks-its-kind")
            choose("need-type-MEDICAL")
            choose("need-urgency-RED")
            picture("need-heard")
            tap("save")
            await(hasTestTag("open-need"))
            val need = runBlocking { phone.needs(person.id) }.single()
            assertEquals(listOf("FOUND", "RED", "慢性病门诊报销"), listOf(need.state, need.urgency, need.asked))
            val due = runBlocking { phone.today(0u, 100u) }.rows.single { it.person == person.id }
            assertEquals("NEED", due.due.first().why)
            choose("MET")
            choose("need-RESOLVED")
            type("need-answer", "已报销")
            picture("need-closed")
            tap("save")
            awaitGone("open-need")
            tap("back")
            synchronize()
            await(Texts.synchronizedAt("").zh.trim())
            val closed = runBlocking { phone.needs(person.id) }.single()
            assertEquals(listOf("RESOLVED", "已报销"), listOf(closed.state, closed.steps.single().answer))
            assertFalse("two visits: heard in one, closed in the other", closed.raisedIn == closed.steps.single().contact)
            val troubles = runBlocking { phone.troubles() }
            assertTrue(troubles.toString(), troubles.isEmpty())
        }
    }

    @Test
    fun todaysTasksSayWhyAndTheFormOpensToFurtherLines() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            tap("tasks")
            await(hasTestTag("task"))
            val first = runBlocking { phone.today(0u, 1u) }
            await(Texts.tasks(first.total).zh)
            await(first.rows.single().due.first().zh)
            picture("tasks")
            tap("task")
            await(hasTestTag("save"))
            assertFalse("folded away until somebody opens it", shows(Texts.method.zh))
            tap("more")
            await(Texts.method.zh)
            await(first.rows.single().due.first().zh)
            picture("visit-more")
        }
    }

    @Test
    fun unreadableInvitationSaysSoAndAGoodOneStillEnrols() = Fixture().use { fixture ->
        show(fixture) { phone ->
            type("invitation", "{\"url\":")
            tap("enrol")
            await(hasTestTag("fault"))
            assertNull(runBlocking { phone.profile() })
            enrol(fixture)
            await(hasTestTag("person"))
            assertFalse(shows(Texts.nobodyYet.zh))
        }
    }

    @Test
    fun visitWithoutSignalWaitsAndSaysWhy() = Fixture().use { fixture ->
        show(fixture) {
            enrol(fixture)
            fixture.close()
            tap("person")
            tap("NOT_HOME")
            tap("save")
            await(Texts.saved.zh)
            tap("back")
            await(Texts.waiting(1u, 0u).zh)
            tap("synchronize")
            await(hasTestTag("sync-fault"))
            await(Texts.waiting(1u, 0u).zh)
            picture("offline")
        }
    }

    private fun query(search: String) = PeopleQuery(search = search, village = null, onlyDue = true, after = null, limit = 100u)

    /** Said without a name and without a signal, answered by the county, and rated. */
    @Test
    fun aSuggestionGoesPastTheSuperiorAndIsAnswered() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            tap("suggestions")
            await(Texts.noSuggestions.zh)
            tap("suggestion-COMPLAINT")
            tap("unnamed")
            type("suggestion-words", "同一张表填三遍")
            tap("suggest")
            await(hasTestTag("suggestion-saved"))
            await(hasTestTag("suggestion"))
            picture("suggestion")
            tap("back")
            synchronize()
            val said = fixture.console.suggestions().single()
            assertEquals("同一张表填三遍", said["words"].asString)
            assertTrue(said["by"].isJsonNull)
            fixture.console.answer(said["id"].asString, "下月起只填一张")
            synchronize()
            tap("suggestions")
            await("下月起只填一张")
            tap("rate-true")
            until("评价") { phone.suggestions().single().satisfied == true }
            picture("suggestion-answered")
            tap("back")
            synchronize()
            assertEquals("RATED", fixture.console.suggestions().single()["state"].asString)
        }
    }
}
