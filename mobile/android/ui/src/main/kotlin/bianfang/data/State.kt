// How far a record has travelled, in words. Only the server's receipt makes it "synchronized".
package bianfang.data

import bianfang.text.Texts
import bianfang.text.Words

/** Words for a record's state. */
fun words(state: RecordState): Words = when (state) {
    is RecordState.Saved -> Texts.saved
    is RecordState.Sent -> Texts.sent
    is RecordState.Confirmed -> Texts.confirmed
    is RecordState.Held -> Texts.held + Words(state.zh, state.en)
    is RecordState.Refused -> Texts.refused + Words(state.zh, state.en)
}
