// A synchronization as a flow: the core's callback in, steps out.
package bianfang.data

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.channelFlow

/** What a synchronization tells while it runs, its sum last. */
sealed interface Step {
    data class Going(val progress: Progress) : Step

    data class Done(val summary: SyncSummary) : Step
}

/** One synchronization. Who stops collecting stops the core too: its work would run on beside a cancelled coroutine. */
fun Phone.synchronizing(): Flow<Step> = channelFlow {
    val watch = object : Watch {
        override fun progress(progress: Progress) {
            trySend(Step.Going(progress))
        }
    }
    try {
        send(Step.Done(synchronize(watch)))
    } catch (stopped: CancellationException) {
        this@synchronizing.cancel()
        throw stopped
    }
}
