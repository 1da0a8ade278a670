//! Which columns a sheet has and in what order, and the rows above its first record.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::book::{Cell, Look, Merge, Row};
use crate::dirt::Dirt;
use crate::ledger::{Column, Ledger, MILITARY, UNKNOWN};
use crate::made::Options;

/// The ledger's columns as this sheet has them.
pub(super) fn columns(ledger: Ledger, options: &Options, rng: &mut StdRng) -> Vec<Column> {
    let mut columns = ledger.columns().to_vec();
    if options.has(Dirt::MilitaryUnits) {
        let after = columns.iter().position(|column| matches!(column.key, "discharged" | "level" | "category"));
        let [alias, number] = MILITARY;
        let military = if ledger == Ledger::People { alias } else { number };
        if let Some(at) = after.filter(|_| ledger != Ledger::Staff) {
            columns.insert(at + 1, military);
        }
    }
    if options.has(Dirt::UnknownColumns) {
        let [blood, nick] = UNKNOWN;
        columns.insert(columns.len().saturating_sub(2), blood);
        columns.push(nick);
    }
    if options.has(Dirt::ShuffledColumns) {
        // Columns under one group stay together.
        let mut blocks: Vec<Vec<Column>> = columns
            .chunk_by(|a, b| a.group.is_some() && a.group.map(|g| g.0) == b.group.map(|g| g.0))
            .map(<[_]>::to_vec)
            .collect();
        blocks.shuffle(rng);
        columns = blocks.concat();
    }
    columns
}

/// Title and header with their merged areas, and the header's first and last row counted from 1.
pub(super) fn rows(ledger: Ledger, columns: &[Column], options: &Options) -> (Vec<Row>, Vec<Merge>, (u32, u32)) {
    let (mut rows, mut merges) = (Vec::new(), Vec::new());
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let mut line = |text: String, look| {
        let top = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        merges.push(Merge { top, left: 0, bottom: top, right: last });
        rows.push(Row { cells: vec![Cell::Text(text)], hidden: None, look });
    };
    if options.has(Dirt::Title) {
        line(format!("翁牛特旗{}", ledger.title()), Look::Title);
        line("填报单位：翁牛特旗退役军人事务局          填报日期：2026年8月1日".to_owned(), Look::Subtitle);
    }
    let top = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let usual = |column: &Column| column.synonym.filter(|_| options.has(Dirt::Synonyms)).unwrap_or(column.header);
    let row = |cells: Vec<Cell>| Row { cells, hidden: None, look: Look::Header };
    if !options.has(Dirt::TwoRowHeader) {
        rows.push(row(columns.iter().map(|column| Cell::text(usual(column))).collect()));
        return (rows, merges, (top + 1, top + 1));
    }
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    for (at, column) in (0u16..).zip(columns) {
        let before = columns.get(usize::from(at).wrapping_sub(1)).and_then(|column| column.group);
        let Some((group, sub)) = column.group else {
            merges.push(Merge { top, left: at, bottom: top + 1, right: at });
            upper.push(Cell::text(usual(column)));
            lower.push(Cell::Empty);
            continue;
        };
        lower.push(Cell::text(sub));
        if before.is_some_and(|(before, _)| before == group) {
            upper.push(Cell::Empty);
            continue;
        }
        upper.push(Cell::text(group));
        let after =
            columns.iter().skip(usize::from(at)).take_while(|column| column.group.is_some_and(|(g, _)| g == group));
        let wide = u16::try_from(after.count()).unwrap_or(1);
        if wide > 1 {
            merges.push(Merge { top, left: at, bottom: top, right: at + wide - 1 });
        }
    }
    rows.extend([row(upper), row(lower)]);
    (rows, merges, (top + 1, top + 2))
}
