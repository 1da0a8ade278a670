// Codes as words: the core's, over which stand the bureau's own. A code that no table knows is shown as it is: better than
// hiding a record.
package bianfang.text

import bianfang.data.CodeTableLine
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** The words of every code, as the core told them last. */
class CodeWords(tables: List<CodeTableLine>) {
    private val words = tables.associate { table -> table.table to table.items.associate { it.code to Words(it.zh, it.en) } }
    private val offered = tables.associate { table ->
        table.table to table.items.filter { !it.hidden }.associate { it.code to Words(it.zh, it.en) }
    }

    /** What a form offers, in its order. */
    fun offered(table: String): Map<String, Words> = offered[table].orEmpty()

    fun word(table: String, code: String): Words = words[table]?.get(code) ?: Words(code, code)
}

object Codes {
    private val told = MutableStateFlow(CodeWords(emptyList()))
    val words: StateFlow<CodeWords> = told

    /** At the start, and after each synchronization: a bureau renames codes. */
    fun tell(tables: List<CodeTableLine>) {
        told.value = CodeWords(tables)
    }

    fun offered(table: String) = told.value.offered(table)

    fun of(table: String, code: String) = told.value.word(table, code)

    fun result(code: String) = told.value.word("RESULT", code)

    fun plaque(code: String) = told.value.word("PLAQUE_STATE", code)

    fun method(code: String) = told.value.word("METHOD", code)

    /** What asks for a visit, whose regular contact is due, or what is asked for. */
    fun due(code: String) = listOf("TRIGGER", "DUE_CLASS", "NEED_TYPE").map { told.value.word(it, code) }.firstOrNull { it.zh != code }
        ?: Words(code, code)
}
