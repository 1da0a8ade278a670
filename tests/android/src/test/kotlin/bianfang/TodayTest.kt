// The list's presenter on the real core: villages, search, and the sum of a synchronization.
package bianfang

import bianfang.data.openPhone
import bianfang.fixture.Fixture
import bianfang.today.TodayPresenter
import bianfang.today.TodayState
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

class TodayTest {
    @get:Rule val folder = TemporaryFolder()

    private suspend fun TodayPresenter.await(what: (TodayState) -> Boolean) = withTimeout(30.seconds) { state.first(what) }

    @Test
    fun listFollowsVillageAndSearch() = runBlocking {
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        Fixture().use { fixture ->
            openPhone(folder.root.path, ByteArray(32), BootClock()).use { phone ->
                phone.enrol(fixture.invitations.first(), "JUnit")
                val today = TodayPresenter(phone, scope)
                today.refresh()
                val empty = today.await { it.rows != null }
                assertTrue(empty.rows.orEmpty().isEmpty())
                assertNull(empty.status?.lastSyncMs)

                today.synchronize()
                val all = today.await { !it.running && it.summary != null && it.total > 0u }
                assertTrue(all.county.isNotBlank())
                val rows = all.rows.orEmpty()
                val village = all.villages.first { village -> rows.any { it.village == village.name } }

                today.village(village.id)
                val some = today.await { it.asked.village == village.id && it.total < all.total }
                assertEquals(setOf(village.name), some.rows.orEmpty().map { it.village }.toSet())

                today.village(null)
                today.search("没有这个人")
                today.await { it.rows?.isEmpty() == true }
                today.search("")
                assertEquals(rows, today.await { it.total == all.total && it.rows.orEmpty().size == rows.size }.rows)
                phone.shut()
            }
        }
        scope.cancel()
    }
}
