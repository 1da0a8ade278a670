//! Codes of what workers say of the work and the app 投诉建议.

use super::{ShippedTable, closed, item};

/// 投诉建议类型
pub const SUGGESTION_TYPE: ShippedTable = closed(
    "SUGGESTION_TYPE",
    "投诉建议类型",
    "Kind of suggestion",
    &[
        item("COMPLAINT", "投诉", "Complaint", &["反映问题"]),
        item("SUGGESTION", "建议", "Suggestion", &["意见建议", "意见"]),
    ],
);

/// 投诉建议办理: where one stands.
pub const SUGGESTION_STEP: ShippedTable = closed(
    "SUGGESTION_STEP",
    "投诉建议办理",
    "Step of a suggestion",
    &[
        item("SUBMITTED", "已提交", "Submitted", &["提交"]),
        item("ANSWERED", "已答复", "Answered", &["答复"]),
        item("RATED", "已评价", "Rated", &["评价"]),
    ],
);
