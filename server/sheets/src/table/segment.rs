//! Columns under one row of headers, as tables side by side: a list begins again where its number or the name of whom it lists stands a
//! second time.

use super::{LedgerTable, SheetField};

/// A column and what its header says.
#[derive(Debug, Clone)]
pub struct NamedColumn {
    /// From 0.
    pub at: u32,
    /// As it stands.
    pub header: String,
    /// What it holds.
    pub field: Option<&'static SheetField>,
}

/// The columns of each table, left to right. Columns without a header part blocks; a block that names again what the table has
/// begins a new one.
pub fn segments(ledger: &LedgerTable, named: Vec<NamedColumn>) -> Vec<Vec<NamedColumn>> {
    let begins = |named: &NamedColumn| {
        let key = named.field.map(|field| field.key);
        key.filter(|key| !key.is_empty() && (*key == "number" || *key == ledger.named))
    };
    let mut segments: Vec<Vec<NamedColumn>> = Vec::new();
    for block in blocks(named) {
        let again = |segment: &Vec<NamedColumn>, column: &NamedColumn| {
            begins(column).is_some_and(|key| segment.iter().any(|had| begins(had) == Some(key)))
        };
        let new = segments.last().is_none_or(|segment| block.iter().any(|column| again(segment, column)));
        if new {
            segments.push(Vec::new());
        }
        for column in block {
            if segments.last().is_some_and(|segment| again(segment, &column)) {
                segments.push(Vec::new());
            }
            if let Some(segment) = segments.last_mut() {
                segment.push(column);
            }
        }
    }
    segments
}

fn blocks(named: Vec<NamedColumn>) -> Vec<Vec<NamedColumn>> {
    let mut blocks: Vec<Vec<NamedColumn>> = Vec::new();
    for column in named {
        let beside = |block: &&mut Vec<NamedColumn>| block.last().is_some_and(|last| last.at + 1 == column.at);
        match blocks.last_mut().filter(beside) {
            Some(block) => block.push(column),
            None => blocks.push(vec![column]),
        }
    }
    blocks
}
