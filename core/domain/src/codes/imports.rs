//! Codes of what is asked about a sheet.

use super::{ShippedTable, closed, item};

/// 是否
pub const YES_NO: ShippedTable =
    closed("YES_NO", "是否", "Yes or no", &[item("YES", "是", "Yes", &[]), item("NO", "否", "No", &[])]);
