// How far a record has travelled, in words. Only the server's receipt makes it "synchronized".
package bianfang.data

import bianfang.text.Texts
import bianfang.text.Words
import uniffi.bianfang_client.RecordState
import uniffi.bianfang_client.Saved
import uniffi.bianfang_client.Stage

/** Words for a record's state. */
fun words(state: RecordState): Words = when (state) {
    is RecordState.Saved -> Texts.saved
    is RecordState.Sent -> Texts.sent
    is RecordState.Confirmed -> Texts.confirmed
    is RecordState.Held -> Texts.held + Words(state.zh, state.en)
    is RecordState.Refused -> Texts.refused + Words(state.zh, state.en)
}

/** The server has the record and all of its evidence. */
fun RecordState.arrived(): Boolean = this is RecordState.Confirmed

/** Words for where a synchronization is. */
fun words(stage: Stage): Words = when (stage) {
    Stage.BEGIN -> Texts.begins
    Stage.PUSH -> Texts.pushes
    Stage.PHOTOS -> Texts.sendsPhotos
    Stage.PULL -> Texts.pulls
    Stage.COMPARE -> Texts.compares
    Stage.END -> Texts.ends
}

/** Numbers that were masked in what was saved, each with what to do instead. */
fun Saved.masked(): List<Words> = hidden.map { Words(it.zh, it.en) }

/** Why work still waits although the server was reached; null when nothing is stuck. */
fun SyncSummary.stuck(): Words? = stuckZh?.let { Words(it, stuckEn.orEmpty()) }

/** Why the server cannot get this photo as it should; null where all is well. */
fun PhotoLine.flaw(): Words? = zh?.let { Words(it, en.orEmpty()) }

/** A plaque on the wall cannot be hung again. */
fun PersonView.plaqueToHang(): Boolean =
    row.household != null && plaque?.state !in setOf("HUNG", "REPLACE_DUE", "KEPT_NO_RENEW")
