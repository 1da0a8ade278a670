// The seam to the phone core: the only package that names the generated bindings. Their types appear under our own
// names and are not copied, so a new field of a view is at once there for the screens.
package bianfang.data

typealias Phone = uniffi.bianfang_ffi.PhoneInterface
typealias Watch = uniffi.bianfang_ffi.Watch
typealias SteadyClock = uniffi.bianfang_ffi.SteadyClock

typealias ProfileView = uniffi.bianfang_client.ProfileView
typealias DivisionLine = uniffi.bianfang_client.DivisionLine
typealias PeopleQuery = uniffi.bianfang_client.PeopleQuery
typealias PersonLine = uniffi.bianfang_client.PersonLine
typealias PersonView = uniffi.bianfang_client.PersonView
typealias VisitLine = uniffi.bianfang_client.VisitLine
typealias PhotoLine = uniffi.bianfang_client.PhotoLine
typealias CodeTableLine = uniffi.bianfang_client.CodeTableLine
typealias PlaqueScreen = uniffi.bianfang_client.PlaqueScreen
typealias ReceiptLine = uniffi.bianfang_client.ReceiptLine
typealias TroubleLine = uniffi.bianfang_client.TroubleLine
typealias RecordState = uniffi.bianfang_client.RecordState
typealias Status = uniffi.bianfang_client.Status
typealias Progress = uniffi.bianfang_client.Progress
typealias SyncSummary = uniffi.bianfang_client.SyncSummary

typealias DueLine = uniffi.bianfang_client.DueLine
typealias DueLineReason = uniffi.bianfang_client.DueLineReason
typealias QuestionSetView = uniffi.bianfang_client.QuestionSetView
typealias QuestionLine = uniffi.bianfang_client.QuestionLine

typealias NeedDraft = uniffi.bianfang_client.NeedDraft
typealias NeedLine = uniffi.bianfang_client.NeedLine
typealias NeedStepDraft = uniffi.bianfang_client.NeedStepDraft
typealias SuggestionDraft = uniffi.bianfang_client.SuggestionDraft
typealias SuggestionLine = uniffi.bianfang_client.SuggestionLine
typealias VisitMore = uniffi.bianfang_client.VisitMore
typealias VisitorDraft = uniffi.bianfang_client.VisitorDraft
typealias AnswersDraft = uniffi.bianfang_client.AnswersDraft
typealias AnswerDraft = uniffi.bianfang_client.AnswerDraft
typealias EntryDraft = uniffi.bianfang_client.EntryDraft
typealias VisitDraft = uniffi.bianfang_client.VisitDraft
typealias InkDraft = uniffi.bianfang_client.InkDraft
typealias InkStroke = uniffi.bianfang_client.InkStroke
typealias InkPointDraft = uniffi.bianfang_client.InkPointDraft
typealias PlaqueDraft = uniffi.bianfang_client.PlaqueDraft

/** Opens the encrypted store in this folder with 32 bytes of key; it must be closed. */
suspend fun openPhone(folder: String, key: ByteArray, clock: SteadyClock): uniffi.bianfang_ffi.Phone =
    uniffi.bianfang_ffi.Phone.open(folder, key, clock)
