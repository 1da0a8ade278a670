// 投诉建议 to the county: what this account said, what was answered, and the form for more. It needs no signal.
package bianfang.suggestion

import bianfang.data.Phone
import bianfang.data.SuggestionDraft
import bianfang.data.SuggestionLine
import bianfang.data.attempt
import bianfang.data.masked
import bianfang.text.Words
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

data class SuggestionState(
    /** What was said before; null until it is known. */
    val lines: List<SuggestionLine>? = null,
    val type: String = "SUGGESTION",
    val words: String = "",
    val unnamed: Boolean = false,
    val saving: Boolean = false,
    /** What was typed lies on this phone and leaves with the next signal. */
    val saved: Boolean = false,
    /** Numbers that were masked in it, each with what to do instead. */
    val hidden: List<Words> = emptyList(),
    val fault: Words? = null,
)

class SuggestionPresenter(private val phone: Phone, private val scope: CoroutineScope) {
    private val held = MutableStateFlow(SuggestionState())
    val state: StateFlow<SuggestionState> = held.asStateFlow()

    /** One form is saved once, however often the button is tapped. */
    private var form: String? = null

    init {
        run { read() }
    }

    fun type(code: String) = edit { it.copy(type = code) }

    fun words(text: String) = edit { it.copy(words = text) }

    fun unnamed(yes: Boolean) = edit { it.copy(unnamed = yes) }

    fun save() {
        val now = held.value
        if (now.saving || now.words.isBlank()) return
        held.update { it.copy(saving = true) }
        run {
            val form = form ?: phone.newForm().also { form = it }
            val draft = SuggestionDraft(suggestionType = now.type, words = now.words, unnamed = now.unnamed)
            val hidden = phone.saveSuggestion(form, draft).masked()
            this.form = null
            held.update { it.copy(words = "", saved = true, hidden = hidden) }
            read()
        }
    }

    /** Whether the answer is right: said once, and again after another answer. */
    fun rate(suggestion: String, satisfied: Boolean) = run {
        phone.rateSuggestion(phone.newForm(), suggestion, satisfied, null)
        read()
    }

    private suspend fun read() {
        val lines = phone.suggestions()
        held.update { it.copy(lines = lines) }
    }

    private fun edit(change: (SuggestionState) -> SuggestionState) = held.update { change(it).copy(saved = false, hidden = emptyList(), fault = null) }

    private fun run(call: suspend () -> Unit) {
        scope.launch {
            try {
                attempt({ words -> held.update { it.copy(fault = words) } }, call)
            } finally {
                held.update { it.copy(saving = false) }
            }
        }
    }
}
