//! A time of the day beside a date: 2026-05-09 14:05, or the fraction of a day number.

use super::narrow;
use crate::read::GridValue;

/// Minutes since midnight; None where no time is told. A spreadsheet's bare date has none.
#[must_use]
pub fn minutes(value: GridValue<'_>) -> Option<i64> {
    match value {
        GridValue::Date(serial) => {
            // Below a day's 1,440 minutes: the cast is exact.
            let minutes = (serial.fract() * 1_440.0).round() as i64;
            Some(minutes).filter(|minutes| (1..1_440).contains(minutes))
        }
        GridValue::Text(text) => {
            let narrowed = narrow(text.trim());
            let (_, time) = narrowed.split_once(['T', ' '])?;
            let mut parts = time.trim().split(':');
            let (hour, minute): (i64, i64) = (parts.next()?.parse().ok()?, parts.next()?.get(..2)?.parse().ok()?);
            ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
        }
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed | GridValue::Bool(_) | GridValue::Number(_) => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_only_where_it_stands() {
        let text = |text| minutes(GridValue::Text(text));
        assert_eq!(text("2026-05-09 14:05"), Some(845));
        assert_eq!(text("2026/5/9 8:30:00"), Some(510));
        assert_eq!((text("2026-05-09"), text("2026-05-09 下午"), text("2026-05-09 25:00")), (None, None, None));
        assert_eq!((minutes(GridValue::Date(46_151.0)), minutes(GridValue::Date(46_151.25))), (None, Some(360)));
    }
}
