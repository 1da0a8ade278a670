// Errors arrive typed, with what the app needs to act on them.
package bianfang

import bianfang.fixture.BootClock
import bianfang.fixture.Fixture
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.bianfang_client.ClientException
import uniffi.bianfang_client.PlaqueDraft
import uniffi.bianfang_ffi.Phone
import uniffi.bianfang_ffi.errorEn
import uniffi.bianfang_ffi.errorZh
import java.nio.file.Path

class FaultTest {
    @TempDir lateinit var folder: Path

    private val key = ByteArray(32) { 7 }

    private fun open(bytes: ByteArray = key) = runBlocking { Phone.open(folder.toString(), bytes, BootClock()) }

    private inline fun <reified E : ClientException> fails(crossinline call: suspend () -> Unit): E =
        assertThrows(E::class.java) { runBlocking { call() } }

    @Test
    fun wrongKeyIsLocked() {
        open().use { runBlocking { it.shut() } }
        val fault = fails<ClientException.Locked> { open(ByteArray(32) { 8 }) }
        assertTrue("密钥" in errorZh(fault) && "key" in errorEn(fault))
        open().use { runBlocking { it.shut() } }
    }

    @Test
    fun keyOfAnotherLengthIsInvalid() {
        assertEquals("key", fails<ClientException.Invalid> { open(ByteArray(16)) }.field)
    }

    @Test
    fun closedStoreIsLocked() = open().use { phone ->
        runBlocking { phone.shut() }
        fails<ClientException.Locked> { phone.status() }
        Unit
    }

    @Test
    fun unknownPersonIsNotFound() = open().use { phone ->
        fails<ClientException.NotFound> { phone.person("019a0000-0000-7000-8000-000000000001") }
        Unit
    }

    @Test
    fun unreadableInvitationIsInvalid() = open().use { phone ->
        val fault = fails<ClientException.Invalid> { phone.enrol("{\"url\":", "JUnit") }
        assertEquals("invitation", fault.field)
        assertTrue(fault.zh.isNotBlank() && fault.en.isNotBlank())
    }

    @Test
    fun usedInvitationIsInvalidAndStoppedServerIsOffline() = open().use { phone ->
        Fixture().use { fixture ->
            runBlocking { phone.enrol(fixture.invitations.first(), "JUnit") }
            runBlocking { Phone.open(folder.resolve("second").toString(), key, BootClock()) }.use { second ->
                val used = fails<ClientException.Invalid> { second.enrol(fixture.invitations.first(), "JUnit 2") }
                assertEquals("invitation", used.field)
                runBlocking { second.shut() }
            }
        }
        fails<ClientException.Offline> { phone.synchronize(Told()) }
        Unit
    }

    @Test
    fun unknownEventOfAPlaqueIsInvalid() = open().use { phone ->
        val fault = fails<ClientException> {
            phone.recordPlaque(
                phone.newForm(),
                PlaqueDraft("019a0000-0000-7000-8000-000000000001", "NO_SUCH_EVENT", 1, null, null, null, null, false, null),
            )
        }
        assertEquals("event", (fault as ClientException.Invalid).field)
    }
}
