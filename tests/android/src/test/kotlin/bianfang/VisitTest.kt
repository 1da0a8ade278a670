// A village worker's day on the real screens: enrol, synchronize, find a person, visit in four taps with a photo, hang a
// plaque, and see each record wait and then arrive.
package bianfang

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.assertIsNotEnabled
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
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

class VisitTest {
    @get:Rule val compose = createComposeRule()

    @get:Rule val folder = TemporaryFolder()

    private val robot by lazy { Robot(compose) }

    private fun show(fixture: Fixture, test: (Phone) -> Unit) {
        val phone = runBlocking { openPhone(folder.root.path, ByteArray(32) { it.toByte() }) }
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        try {
            val shell = Shell(phone, scope, Desk(fixture.photo))
            compose.setContent { CompositionLocalProvider(LocalDensity provides Density(2f)) { App(shell) } }
            test(phone)
        } finally {
            scope.cancel()
            runBlocking { phone.shut() }
            phone.close()
        }
    }

    private fun enrol(fixture: Fixture) {
        robot.type("invitation", fixture.invitations.first())
        robot.tap("enrol")
        robot.await(Texts.nobodyYet.zh)
        synchronize()
    }

    private fun synchronize() {
        robot.tap("synchronize")
        robot.await(hasTestTag("done"))
    }

    @Test
    fun visitWithPhotoTakesFourTapsAndArrives() = Fixture().use { fixture ->
        show(fixture) { phone ->
            enrol(fixture)
            robot.await(hasTestTag("person"))
            robot.picture("today")
            val all = runBlocking { phone.people(query("")) }
            val person = all.rows.first { it.plaque == "PENDING" }
            robot.type("search", person.name)
            robot.await(Texts.counts(1u, 1u).zh)

            robot.taps = 0
            robot.tap("person")
            robot.await(hasTestTag("save"))
            compose.onNodeWithTag("save").assertIsNotEnabled()
            robot.tap("MET")
            robot.tap("photo")
            robot.await(hasTestTag("kept"))
            robot.tap("save")
            robot.await(hasTestTag("saved"))
            assertEquals("a visit with its photo", 4, robot.taps)
            robot.await(Texts.saved.zh)
            assertFalse("nothing is synchronized without a receipt", robot.shows(Texts.confirmed.zh))
            robot.picture("visit-waiting")

            robot.tap("NOT_HOME")
            robot.tap("hung")
            robot.tap("save")
            robot.await(hasTestTag("saved"))
            robot.await(Codes.plaque("HUNG").zh)
            robot.awaitGone("hung")

            robot.tap("back")
            robot.await(Texts.waiting(4u, 1u).zh)
            synchronize()
            robot.tap("person")
            robot.await(Texts.confirmed.zh)
            assertFalse(robot.shows(Texts.saved.zh))
            robot.picture("visit-synchronized")

            val page = runBlocking { phone.person(person.id) }
            assertEquals(listOf("NOT_HOME", "MET"), page.visits.map { it.result })
            assertTrue(page.visits.all { it.state.arrived() })
            val receipts = runBlocking { phone.receipts(page.visits.last().id) }
            assertTrue(receipts.isNotEmpty())
            for (receipt in receipts) assertNotNull(receipt.en, receipt.receivedMs)
        }
    }

    private fun query(search: String) = PeopleQuery(search = search, village = null, onlyDue = true, after = null, limit = 100u)
}
