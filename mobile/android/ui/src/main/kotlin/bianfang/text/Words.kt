// One text in both languages of the app, and the composable that shows it: Chinese first, English for who set it so.
package bianfang.text

import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf

/** A text for people. */
data class Words(val zh: String, val en: String) {
    operator fun plus(next: Words) = Words(zh + next.zh, "$en ${next.en}")
}

enum class Language { ZH, EN }

val LocalLanguage = staticCompositionLocalOf { Language.ZH }

/** The text in the language of the screen. */
@Composable
fun Words.said(): String = when (LocalLanguage.current) {
    Language.ZH -> zh
    Language.EN -> en
}
