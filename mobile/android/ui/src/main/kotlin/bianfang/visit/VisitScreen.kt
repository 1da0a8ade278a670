// One person's page with the form of a visit. In the order of the act at the door: what came of it, the photo, the
// plaque, save. Four taps from the list: the person, the result, one thing more, save.
package bianfang.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import bianfang.data.PersonView
import bianfang.data.flaw
import bianfang.data.plaqueToHang
import bianfang.text.Codes
import bianfang.text.Texts
import bianfang.text.moment
import bianfang.text.said

/** `onPhoto` opens the camera or a file; the path comes back to the presenter when there is one. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun VisitScreen(visit: VisitPresenter, onPhoto: () -> Unit, onBack: () -> Unit) {
    val state by visit.state.collectAsState()
    Column(Modifier.fillMaxSize()) {
        TextButton(onBack, Modifier.testTag("back")) { Text("‹ " + Texts.back.said()) }
        val person = state.person
        Column(
            Modifier.weight(1f).verticalScroll(rememberScrollState()).padding(horizontal = 16.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            if (person != null) {
                Who(person)
                LastWords(state)
                if (state.amends != null) Amending(state, visit)
                Result(state, visit)
                FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                    OutlinedButton(onPhoto, Modifier.testTag("photo")) { Text(Texts.photo.said()) }
                    if (person.plaqueToHang() && state.amends == null) {
                        val (hung, declined) = Modifier.testTag("hung") to Modifier.testTag("declined")
                        FilterChip(state.hung, { visit.hung(!state.hung) }, { Text(Texts.hang.said()) }, hung)
                        FilterChip(state.declined, { visit.declined(!state.declined) }, { Text(Texts.decline.said()) }, declined)
                    }
                }
                Photos(state, visit)
                if (state.hung) Plaque(state, visit)
                OutlinedTextField(
                    state.note, visit::note, Modifier.fillMaxWidth().testTag("note"), label = { Text(Texts.note.said()) },
                )
                Needs(state, visit)
                More(state, visit)
                Records(state, visit)
            }
        }
        Save(state, visit::save)
    }
}

@Composable
private fun Who(person: PersonView) {
    Text(person.row.name, style = MaterialTheme.typography.headlineSmall)
    val about = listOfNotNull(person.row.village, person.row.address, person.idNumber).filter(String::isNotBlank)
    Text((about + person.phones).joinToString(" · "), style = MaterialTheme.typography.bodyMedium)
    person.plaque?.let {
        val where = listOfNotNull(Codes.plaque(it.state).said(), it.hungOn)
        Text(Texts.plaque.said() + " " + where.joinToString(" "), style = MaterialTheme.typography.bodyMedium)
    }
}

/** What was told last time, in sight while this time is written. */
@Composable
private fun LastWords(state: VisitState) {
    val last = state.lines.map { it.row }.firstOrNull { it.id != state.amends && !it.voided && !it.note.isNullOrBlank() } ?: return
    val words = Texts.lastTime(moment(last.atMs).take(10), last.note.orEmpty())
    Text(words.said(), Modifier.testTag("last-words"), MaterialTheme.colorScheme.onSurfaceVariant)
}

/** A saved visit is open to be mended: what the reviewer said, and the reason. */
@Composable
private fun Amending(state: VisitState, visit: VisitPresenter) {
    val comment = state.lines.firstOrNull { it.row.id == state.amends }?.row?.comment
    comment?.let { Text(Texts.returned(it).said(), Modifier.testTag("comment"), MaterialTheme.colorScheme.error) }
    OutlinedTextField(
        state.amendReason, visit::amendReason, Modifier.fillMaxWidth().testTag("amend-reason"),
        label = { Text(Texts.amendReason.said()) },
    )
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Result(state: VisitState, visit: VisitPresenter) {
    Text(Texts.result.said(), style = MaterialTheme.typography.titleMedium)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        for ((code, words) in Codes.offered("RESULT")) {
            FilterChip(state.result == code, { visit.result(code) }, { Text(words.said()) }, Modifier.testTag(code))
        }
    }
    val others = state.person?.household.orEmpty()
    if (others.isNotEmpty()) {
        Text(Texts.also.said(), style = MaterialTheme.typography.labelLarge)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            for (other in others) {
                FilterChip(other.id in state.also, { visit.also(other.id) }, { Text(other.name) }, Modifier.testTag("also"))
            }
        }
        for (other in others.filter { it.id in state.also }) {
            Text(other.name, style = MaterialTheme.typography.labelLarge)
            FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                for ((code, words) in Codes.offered("RESULT")) {
                    val chosen = (state.also[other.id] ?: state.result) == code
                    val tag = Modifier.testTag("also-$code")
                    FilterChip(chosen, { visit.alsoResult(other.id, code) }, { Text(words.said()) }, tag)
                }
            }
        }
    }
}

/** Each with what it is: evidence of the visit, a receipt, a paper, or the plaque on its wall. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Photos(state: VisitState, visit: VisitPresenter) {
    for (photo in state.photos.filter { it.kind != SIGNATURE }) {
        Row(Modifier.fillMaxWidth().testTag("kept"), verticalAlignment = Alignment.CenterVertically) {
            val words = photo.flaw() ?: Texts.photoKept
            val color = MaterialTheme.colorScheme.run { if (photo.hasCopy) tertiary else error }
            Text("${words.said()} ${photo.sha256.take(8)}", Modifier.weight(1f), color)
            TextButton({ visit.removePhoto(photo.sha256) }) { Text(Texts.remove.said()) }
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            if (state.hung) {
                val plaque = { visit.mark(photo, photo.kind, !photo.ofPlaque) }
                FilterChip(photo.ofPlaque, plaque, { Text(Texts.plaque.said()) }, Modifier.testTag("photo-plaque"))
            }
            for ((kind, words) in Codes.offered("PHOTO_KIND") - SIGNATURE) {
                val mark = { visit.mark(photo, kind, photo.ofPlaque) }
                FilterChip(photo.kind == kind, mark, { Text(words.said()) }, Modifier.testTag("photo-$kind"))
            }
        }
    }
}

@Composable
private fun Plaque(state: VisitState, visit: VisitPresenter) {
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        FilterChip(state.position == "GATE", { visit.position("GATE") }, { Text(Texts.gate.said()) })
        FilterChip(state.position == "INDOOR", { visit.position("INDOOR") }, { Text(Texts.indoor.said()) })
    }
    InkPad("ink-plaque", state.signed(ofPlaque = true)) { visit.sign(it, ofPlaque = true) }
    if (!state.signed(ofPlaque = true)) {
        OutlinedTextField(
            state.unsignedWhy, visit::unsignedWhy, Modifier.fillMaxWidth().testTag("unsigned-why"),
            label = { Text(Texts.unsignedWhy.said()) },
        )
    }
}

@Composable
private fun Save(state: VisitState, onSave: () -> Unit) {
    Column(Modifier.fillMaxWidth().padding(16.dp), horizontalAlignment = Alignment.CenterHorizontally) {
        // Beside the button, wherever the form was scrolled to.
        state.fault?.let { Text(it.said(), Modifier.testTag("fault"), MaterialTheme.colorScheme.error) }
        if (state.savedNow) Text(Texts.savedNow.said(), Modifier.testTag("saved"), MaterialTheme.colorScheme.tertiary)
        for (line in state.hidden) Text(line.said(), Modifier.testTag("hidden"), MaterialTheme.colorScheme.error)
        Button(onSave, Modifier.fillMaxWidth().testTag("save"), enabled = state.result != null && !state.saving) {
            Text(Texts.save.said())
        }
    }
}
