// The presenters without a screen, on the real core: what is half filled survives the app's death, and nothing is forced.
package bianfang

import bianfang.data.Phone
import bianfang.data.PeopleQuery
import bianfang.data.arrived
import bianfang.data.openPhone
import bianfang.data.synchronizing
import bianfang.fixture.Fixture
import bianfang.visit.Line
import bianfang.visit.VisitPresenter
import bianfang.visit.VisitState
import java.io.File
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

class DraftTest {
    @get:Rule val folder = TemporaryFolder()

    private fun <T> enrolled(test: suspend (Phone, Fixture) -> T) = runBlocking {
        Fixture().use { fixture ->
            openPhone(folder.newFolder().path, ByteArray(32), BootClock()).use { phone ->
                phone.enrol(fixture.invitations.first(), "JUnit")
                phone.synchronizing().collect()
                test(phone, fixture)
                phone.shut()
            }
        }
    }

    private suspend fun Phone.somebody() =
        people(PeopleQuery(search = "", village = null, onlyDue = true, after = null, limit = 1u)).rows.first().id

    private suspend fun VisitPresenter.await(what: (VisitState) -> Boolean) = withTimeout(30.seconds) { state.first(what) }

    /** A presenter in an app that is killed afterwards. */
    private suspend fun Phone.app(person: String, test: suspend VisitPresenter.() -> Unit) {
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        try {
            VisitPresenter(this, person, scope) { System.currentTimeMillis() }.run {
                await { it.person != null }
                test()
            }
        } finally {
            scope.cancel()
        }
    }

    @Test
    fun halfFilledFormIsThereAfterTheAppDied() = enrolled { phone, fixture ->
        val person = phone.somebody()
        phone.app(person) {
            photo(fixture.photo)
            await { it.photos.size == 1 }
            result("MET_FAMILY")
            note("屋顶漏雨")
            hung(true)
            settled()
        }
        phone.app(person) {
            val form = await { it.photos.isNotEmpty() }
            assertEquals("MET_FAMILY", form.result)
            assertEquals("屋顶漏雨", form.note)
            assertTrue(form.hung)
            save()
            val saved = await { it.savedNow && it.lines.isNotEmpty() }
            assertEquals(1u, saved.lines.single().row.photos)
            assertEquals("屋顶漏雨", saved.lines.single().row.note)
            assertEquals("HUNG", saved.person?.plaque?.state)
        }
        assertEquals("a saved form is no draft", 0, phone.drafts().size)
    }

    @Test
    fun resultAloneIsEnough() = enrolled { phone, _ ->
        phone.app(phone.somebody()) {
            save()
            assertFalse("without a result nothing is saved", state.value.saving)
            result("NOT_HOME")
            save()
            val line = await { it.lines.isNotEmpty() }.lines.single()
            assertEquals("NOT_HOME", line.row.result)
            assertFalse(line.row.state.arrived())
            phone.synchronizing().collect()
            refresh()
            await { it.lines.single().row.state.arrived() }
        }
    }

    @Test
    fun fileThatIsNoPictureIsKeptAndSaysWhy() = enrolled { phone, _ ->
        val broken = File(folder.root, "broken.jpg").apply { writeText("no picture") }
        phone.app(phone.somebody()) {
            photo(broken.path)
            val photo = await { it.photos.isNotEmpty() }.photos.single()
            assertFalse(photo.hasCopy)
            assertTrue(photo.zh.orEmpty().isNotBlank())
            removePhoto(photo.sha256)
            await { it.photos.isEmpty() }
        }
    }

    @Test
    fun householdIsVisitedInOneForm() = enrolled { phone, _ ->
        val people = phone.people(PeopleQuery(search = "", village = null, onlyDue = true, after = null, limit = 100u)).rows
        val together = people.groupBy { it.household }.filterKeys { it != null }.values.first { it.size > 1 }
        phone.app(together.first().id) {
            also(together.last().id)
            result("MET")
            save()
            await { it.savedNow }
        }
        for (person in listOf(together.first(), together.last())) assertTrue(phone.person(person.id).row.reached)
    }

    @Test
    fun furtherLinesEachWithItsResultSurviveTheAppAndAreSaved() = enrolled { phone, _ ->
        val people = phone.people(PeopleQuery(search = "", village = null, onlyDue = true, after = null, limit = 100u)).rows
        val together = people.groupBy { it.household }.filterKeys { it != null }.values.first { it.size > 1 }
        val (person, other) = together.first().id to together.last().id
        phone.app(person) {
            result("MET")
            also(other)
            alsoResult(other, "AWAY")
            more()
            method("PHONE")
            work("EMPLOY")
            line(Line.VISITORS, "武装部李部长、志愿者")
            line(Line.DIFFICULTIES, "屋顶漏雨")
            line(Line.TO_SOLVE, "联系村委修缮")
            line(Line.FOLLOW_UP, "2099-01-31")
            val form = await { state -> state.more.sets.any { it.view.code == "EMPLOYMENT" } }
            assertFalse("asked only of the unemployed", "wants" in form.more.sets.first().asked)
            answer("EMPLOYMENT", "state", "UNEMPLOYED")
            await { "wants" in it.more.sets.first().asked }
            answer("EMPLOYMENT", "wants", "LOCAL")
            answer("EMPLOYMENT", "state", "FARMING")
            await { "wants" !in it.more.sets.first().asked }
            answer("EMPLOYMENT", "income", "许多")
            settled()
        }
        phone.app(person) {
            val form = await { state -> state.more.sets.isNotEmpty() && state.more.lines.isNotEmpty() }
            assertEquals(mapOf<String, String?>(other to "AWAY"), form.also)
            assertEquals("PHONE" to setOf("ROUND", "EMPLOY"), form.more.method to form.more.work)
            assertEquals("屋顶漏雨", form.more.lines[Line.DIFFICULTIES])
            assertEquals("FARMING", form.more.sets.first().answers["state"])
            save()
            val told = await { it.fault != null }.fault
            assertTrue("the form says which question: $told", "月收入" in told?.zh.orEmpty())
            answer("EMPLOYMENT", "income", "3000")
            settled()
            save()
            val line = await { it.savedNow && it.lines.isNotEmpty() }.lines.single().row
            assertEquals("PHONE" to listOf("EMPLOY", "ROUND"), line.method to line.workTypes.sorted())
        }
        assertEquals("AWAY", phone.person(other).visits.single().result)
    }

    @Test
    fun whoIsDueIsTakenAndPutOffWithAReason() = enrolled { phone, _ ->
        phone.app(phone.somebody()) {
            val due = await { it.due != null }.due
            assertTrue(due!!.due.isNotEmpty() && due.taken.isEmpty())
            take()
            await { it.due?.taken?.isNotEmpty() == true }
            snooze("2099-01-31", " ")
            await { it.fault != null }
            assertTrue("without a reason nothing is put off", state.value.due != null)
            snooze("2099-01-31", "外出务工")
            await { it.due == null && it.fault == null }
        }
    }
}
