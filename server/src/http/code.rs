//! The refusals that callers are told of: status, stable code, and sentences that say what to do next.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal, $zh:literal, $en:literal;)*) => {
        /// A refusal that callers are told of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        /// Every code, so that the tables of apps and tests are complete.
        pub const ALL: &[Code] = &[$(Code::$name,)*];

        impl Code {
            /// Status, stable code, 中文, English.
            #[must_use]
            pub fn row(self) -> (StatusCode, &'static str, &'static str, &'static str) {
                match self { $(Self::$name => (StatusCode::$status, $code, $zh, $en),)* }
            }
        }
    };
}

codes! {
    /// The body or a parameter is not what this route reads.
    Malformed = BAD_REQUEST, "malformed",
        "请求内容的格式不对，请更新应用后再试",
        "The request has the wrong form. Update the app and try again.";
    /// No token, or one that does not hold.
    SignInRequired = UNAUTHORIZED, "sign-in-required",
        "请先登录",
        "Sign in first.";
    /// Login or password.
    SignInFailed = UNAUTHORIZED, "sign-in-failed",
        "账号或口令不对，或因多次输错已暂时锁定，请稍后再试",
        "The login or the password is wrong, or the account is locked for some minutes after too many attempts.";
    /// The refresh token does not hold.
    SessionEnded = UNAUTHORIZED, "session-ended",
        "登录已失效，请重新登录；手机里未上传的记录都还在",
        "The session has ended. Sign in again; unsent records are still on the phone.";
    /// The role has no right to this route.
    Forbidden = FORBIDDEN, "forbidden",
        "您的角色没有这项权限，需要时请联系管理员",
        "Your role may not do this. Ask the administrator if you need it.";
    /// The one-time code is wrong, used or expired.
    EnrolCodeRefused = FORBIDDEN, "enrol-code-refused",
        "登记码不对、已用过或已过期，请向管理员要一个新码",
        "The enrolment code is wrong, used or expired. Ask the administrator for a new one.";
    /// Nothing here, or nothing for this caller.
    NotFound = NOT_FOUND, "not-found",
        "没有找到，或不在您的范围内",
        "Not found, or not within your scope.";
    /// The route knows other methods.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method-not-allowed",
        "此处不支持这种操作，请更新应用后再试",
        "This is not possible here. Update the app and try again.";
    /// The request took too long.
    Timeout = REQUEST_TIMEOUT, "timeout",
        "处理超时，请稍后再试",
        "The request took too long. Try again later.";
    /// The installation's id belongs to another account, or was revoked.
    InstallationTaken = CONFLICT, "installation-taken",
        "这部手机的登记属于别的账号或已停用，请联系管理员",
        "This phone is registered to another account or was revoked. Ask the administrator.";
    /// The body is over the limit.
    TooLarge = PAYLOAD_TOO_LARGE, "too-large",
        "内容太大，请分批发送",
        "The request is too large. Send it in parts.";
    /// Not JSON.
    MediaType = UNSUPPORTED_MEDIA_TYPE, "media-type",
        "内容类型不对，应为 JSON",
        "The content type is wrong; JSON is expected.";
    /// The server holds several counties.
    CountyNeeded = UNPROCESSABLE_ENTITY, "county-needed",
        "本服务器有多个县，请填写县区代码",
        "This server holds several counties. Give the county's code.";
    /// Something broke here.
    Internal = INTERNAL_SERVER_ERROR, "internal",
        "服务器出错了，请把请求编号告诉管理员",
        "Something broke on the server. Tell the administrator the request id.";
    /// The database does not answer.
    NotReady = SERVICE_UNAVAILABLE, "not-ready",
        "服务器还没有准备好，请稍后再试",
        "The server is not ready. Try again later.";
    /// An op before these is missing.
    Gap = CONFLICT, "gap",
        "前面还有记录没有收到，手机会从缺少的那条重新发送",
        "An earlier operation has not arrived. The phone sends again from the one that is missing.";
    /// The ops are another installation's.
    ForeignInstallation = UNPROCESSABLE_ENTITY, "foreign-installation",
        "这些记录属于另一部手机，请用原来的手机发送",
        "These operations belong to another phone. Send them from that one.";
    /// The cursor is not this account's and phone's.
    CursorRefused = GONE, "cursor-refused",
        "同步位置不属于这个账号和手机，将从头下载",
        "The cursor is not of this account and phone. Download from the beginning.";
    /// A photo is named by its SHA-256.
    BlobName = UNPROCESSABLE_ENTITY, "blob-name",
        "照片编号应为 64 位小写十六进制 SHA-256",
        "A photo is named by its SHA-256, 64 digits of lower-case hex.";
    /// Empty, too long, or more than announced.
    BlobLength = UNPROCESSABLE_ENTITY, "blob-length",
        "照片为空、过大，或比声明的长；原件仍在手机里",
        "The photo is empty, too large or longer than announced. The file stays on the phone.";
    /// The bytes have another hash than their name.
    BlobHash = UNPROCESSABLE_ENTITY, "blob-hash",
        "照片内容与编号不符，可能在传输中损坏，请重新上传",
        "The bytes have another hash than their name. Send the photo again.";
    /// A piece that does not begin where the last one ended.
    BlobOffset = CONFLICT, "blob-offset",
        "照片分段不连续，请从服务器已有的位置继续",
        "The piece does not begin where the last one ended. Go on at the offset the server has.";
    /// No room on the server's disk.
    StorageFull = INSUFFICIENT_STORAGE, "storage-full",
        "服务器磁盘已满，照片仍在手机里，请通知管理员清理后再同步",
        "The server's disk is full. Photos stay on the phone: tell the administrator and synchronize later.";
    /// One key, two writes.
    KeyTaken = CONFLICT, "key-taken",
        "这个请求编号已用于另一次保存，请刷新页面后再试",
        "This request key belongs to another write. Reload the page and try again.";
    /// A write names the revision it was made on.
    BaseNeeded = PRECONDITION_REQUIRED, "base-needed",
        "请先刷新页面，再修改",
        "Say which revision you changed: reload the page and try again.";
    /// The rules refuse it; `reason` says why.
    Refused = UNPROCESSABLE_ENTITY, "refused",
        "按规定不能这样保存",
        "The rules do not allow this.";
    /// The file is no sheet of this ledger; the sentences say what to do.
    ImportFile = UNPROCESSABLE_ENTITY, "import-file",
        "这个文件不能导入",
        "This file cannot be imported.";
    /// It was applied or taken back meanwhile.
    ImportState = CONFLICT, "import-state",
        "这次导入现在不能这样操作，请刷新页面",
        "This cannot be done with the import now: reload the page.";
    /// Only the last import can be taken back.
    ImportNotLast = CONFLICT, "import-not-last",
        "之后还有别的导入，请先撤销后面的",
        "Another import was applied after it: take that one back first.";
    /// Work rests on it.
    ImportRests = CONFLICT, "import-rests",
        "已有工作记录建立在这次导入之上，不能撤销",
        "Work rests on this import: it cannot be taken back.";
    /// The sheet that is to be marked is not the one that was imported.
    ImportOtherFile = CONFLICT, "import-other-file",
        "这不是当时导入的那个文件：请选择原来的文件，不要改动", "this is not the file that was imported: choose the same one, unchanged";
    /// A row that waits for no decision.
    ImportDecision = CONFLICT, "import-decision",
        "这一行现在不需要决定，或所选对象不在列出的人选中，请刷新页面",
        "This row waits for no decision, or the record is not one of those shown: reload the page.";
    /// An answer to no question of the sheet, or no code of its table.
    ImportAssumption = UNPROCESSABLE_ENTITY, "import-assumption",
        "这个推定不在所列的问题或代码之内，请刷新页面后从列表中选择",
        "This answers no question of the sheet, or is no code of its table: reload the page and choose from the list.";
    /// A division, day or figure that the query names is none.
    Query = BAD_REQUEST, "query",
        "查询条件有误：日期写作 2026-01-31,结束不早于开始，截止编号不大于最新编号",
        "The query is wrong: days are written 2026-01-31, the end is not before the start, as_of is a past feed number.";
    /// Such a ledger, in such a form or for such days, there is not.
    ExportAsked = UNPROCESSABLE_ENTITY, "export-asked",
        "不能这样导出：请检查台账名称、格式和日期；打印名单只有 .xlsx，花名册和打印名单不分时段",
        "This cannot be exported so. Check ledger, format and days: lists for printing are .xlsx and have no window.";
    /// Full numbers without the reason that the audit log keeps.
    ExportReason = UNPROCESSABLE_ENTITY, "export-reason",
        "导出完整号码须写明事由，不超过 200 字；事由会记入审计日志",
        "Full numbers need a reason of at most 200 characters. It is kept in the audit log.";
}

impl Code {
    /// The code for a status that a library answered with.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignInRequired,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::SERVICE_UNAVAILABLE => Self::NotReady,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::Internal,
        }
    }
}
