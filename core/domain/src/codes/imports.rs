//! Codes of what is asked about a sheet.

use super::{ShippedTable, closed, item};

/// 是否
pub const YES_NO: ShippedTable =
    closed("YES_NO", "是否", "Yes or no", &[item("YES", "是", "Yes", &[]), item("NO", "否", "No", &[])]);

/// 推定: what may be assumed of a record, by the name of the field.
pub const ASSUMED: ShippedTable = closed(
    "ASSUMED",
    "推定",
    "Assumed",
    &[
        item("method", "走访方式", "Method", &["方式"]),
        item("result", "走访结果", "Result", &["结果"]),
        item("work_types", "工作类型", "Kind of work", &[]),
        item("living_division", "居住区划", "Living division", &[]),
        item("old_returned", "旧牌已交回", "Old plaque returned", &[]),
    ],
);
