// Where somebody signs with the finger. Every stroke is kept as it ends; the core draws the picture, the same on every phone.
package bianfang.visit

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.drag
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.IntSize
import androidx.compose.ui.unit.dp
import bianfang.data.InkDraft
import bianfang.data.InkPointDraft
import bianfang.data.InkStroke
import bianfang.text.Texts
import bianfang.text.said

/** `kept` says that a signature of before is there; writing again takes its place. */
@Composable
fun InkPad(tag: String, kept: Boolean, onInk: (InkDraft) -> Unit) {
    val strokes = remember { mutableStateListOf<List<Offset>>() }
    Column(Modifier.fillMaxWidth()) {
        Text((if (kept) Texts.signed else Texts.sign).said(), style = MaterialTheme.typography.labelLarge)
        val pad = Modifier.fillMaxWidth().height(120.dp).background(Color.White)
            .border(1.dp, MaterialTheme.colorScheme.outline).testTag(tag)
        Canvas(
            pad.pointerInput(Unit) {
                // From where the finger touches, and nothing else moves with it: a name begins with its first stroke.
                awaitEachGesture {
                    val down = awaitFirstDown().also { it.consume() }
                    strokes += listOf(down.position)
                    drag(down.id) { change ->
                        change.consume()
                        strokes[strokes.lastIndex] = strokes.last() + change.position
                    }
                    onInk(strokes.ink(size))
                }
            },
        ) {
            for (stroke in strokes) {
                stroke.zipWithNext { from, to -> drawLine(Color.Black, from, to, strokeWidth = 5f, cap = StrokeCap.Round) }
            }
        }
        if (kept || strokes.isNotEmpty()) {
            val clear = {
                strokes.clear()
                onInk(strokes.ink(IntSize.Zero))
            }
            TextButton(clear, Modifier.testTag("$tag-clear")) { Text(Texts.signAgain.said()) }
        }
    }
}

private fun List<List<Offset>>.ink(pad: IntSize) = InkDraft(
    width = pad.width.toFloat(), height = pad.height.toFloat(),
    strokes = map { stroke -> InkStroke(stroke.map { InkPointDraft(it.x, it.y) }) },
)
