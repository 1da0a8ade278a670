// The core's errors in words that say what to do next.
package bianfang.data

import bianfang.text.Words
import kotlinx.coroutines.CancellationException
import uniffi.bianfang_client.ClientException
import uniffi.bianfang_ffi.errorEn
import uniffi.bianfang_ffi.errorZh

/** What the core says of its error: the words stand there once for every app. */
fun words(fault: ClientException) = Words(errorZh(fault), errorEn(fault))

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
