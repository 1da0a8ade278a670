// The core's errors in words that say what to do next. Exhaustive: a new kind of error does not compile without words.
package bianfang.data

import bianfang.text.Texts
import bianfang.text.Words
import kotlinx.coroutines.CancellationException
import uniffi.bianfang_client.ClientException

/** Words for what a call threw; an error that is not the core's is a fault of the app and passes through. */
fun words(fault: Throwable): Words = when (fault) {
    is ClientException -> when (fault) {
        is ClientException.Offline -> Texts.offline
        is ClientException.SignedOut -> Texts.signedOut
        is ClientException.Locked -> Texts.locked
        is ClientException.NotFound -> Texts.notFound
        is ClientException.Invalid -> Words(fault.zh, fault.en)
        is ClientException.Conflict -> Texts.conflict
        is ClientException.StorageFull -> Texts.storageFull
        is ClientException.OutOfDate -> Texts.outOfDate
        is ClientException.Cancelled -> Texts.cancelled
        is ClientException.Internal -> Texts.internal(fault.reportId)
    }
    else -> throw fault
}

/** Runs a call of the core; its errors become words, a cancelled coroutine stays cancelled. */
suspend fun attempt(said: (Words) -> Unit, call: suspend () -> Unit) {
    try {
        call()
    } catch (stopped: CancellationException) {
        throw stopped
    } catch (fault: ClientException) {
        said(words(fault))
    }
}
