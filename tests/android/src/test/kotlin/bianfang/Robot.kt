// Taps, counted, and waiting for what the real core answers in its own time.
package bianfang

import androidx.compose.ui.graphics.asSkiaBitmap
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithTag
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.performTextReplacement
import kotlinx.coroutines.runBlocking
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import java.io.File

@OptIn(ExperimentalTestApi::class)
class Robot(private val compose: ComposeUiTest) {
    var taps = 0

    fun tap(tag: String) {
        await(hasTestTag(tag))
        compose.onAllNodesWithTag(tag).onFirst().performClick()
        taps++
    }

    /** A tap on what may lie below the screen's edge. */
    fun choose(tag: String) {
        await(hasTestTag(tag))
        compose.onAllNodesWithTag(tag).onFirst().performScrollTo().performClick()
        taps++
    }

    fun type(tag: String, text: String) {
        await(hasTestTag(tag))
        compose.onNodeWithTag(tag).performTextReplacement(text)
    }

    /** A stroke of the finger over a pad. */
    fun write(tag: String) {
        await(hasTestTag(tag))
        compose.onNodeWithTag(tag).performScrollTo().performTouchInput {
            down(percentOffset(0.1f, 0.2f))
            for (step in 1..8) moveTo(percentOffset(0.1f + 0.1f * step, if (step % 2 == 0) 0.2f else 0.8f))
            up()
        }
    }

    fun await(text: String) = await(hasText(text, substring = true))

    fun await(what: SemanticsMatcher) {
        compose.waitUntil("${what.description} 未出现 / did not appear", PATIENCE) {
            compose.onAllNodes(what).fetchSemanticsNodes().isNotEmpty()
        }
    }

    /** Until the core says so. */
    fun until(what: String, holds: suspend () -> Boolean) {
        compose.waitUntil("$what 未发生 / did not happen", PATIENCE) { runBlocking { holds() } }
    }

    fun awaitGone(tag: String) {
        compose.waitUntil("$tag 仍在 / is still there", PATIENCE) {
            compose.onAllNodesWithTag(tag).fetchSemanticsNodes().isEmpty()
        }
    }

    fun shows(text: String): Boolean = compose.onAllNodes(hasText(text, substring = true)).fetchSemanticsNodes().isNotEmpty()

    fun enabled(tag: String): Boolean =
        SemanticsProperties.Disabled !in compose.onNodeWithTag(tag).fetchSemanticsNode().config

    /** The screen as a PNG. */
    fun picture(name: String) {
        compose.waitForIdle()
        val bitmap = compose.onRoot().captureToImage().asSkiaBitmap()
        val folder = File(System.getProperty("bianfang.pictures")).apply { mkdirs() }
        val bytes = checkNotNull(Image.makeFromBitmap(bitmap).encodeToData(EncodedImageFormat.PNG)).bytes
        folder.resolve("$name.png").writeBytes(bytes)
    }

    private companion object {
        /** A debug build's first synchronization of a village on a loaded machine takes some seconds. */
        const val PATIENCE = 60_000L
    }
}
