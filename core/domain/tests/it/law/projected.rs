//! Projections as a store keeps them: after each op the rows of what was touched, and of what that speaks of now and spoke of
//! before, are replaced.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::projection::Row;
use bianfang_domain::world::World;

#[derive(Default)]
pub struct Projected {
    /// Rows by the kind that makes them and by owner.
    rows: BTreeMap<(&'static str, RecordId), Vec<Row>>,
    /// What a record spoke of when its rows were made.
    spoke_of: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Projected {
    pub fn new(world: &World) -> Self {
        let mut projected = Self::default();
        projected.follow(world, world.records().map(|record| record.id).collect());
        projected
    }

    pub fn follow(&mut self, world: &World, touched: BTreeSet<RecordId>) {
        let mut subjects = touched.clone();
        for record in touched.iter().filter_map(|id| world.find(*id)) {
            let about = world.kind(&record.kind).unwrap().about(&record.doc);
            subjects.extend(about.iter().copied());
            subjects.extend(self.spoke_of.insert(record.id, about).into_iter().flatten());
        }
        let subjects = world.told_of(subjects);
        for kind in world.kinds().iter() {
            for record in touched.iter().filter_map(|id| world.find(*id)).filter(|record| record.kind == kind.name()) {
                self.rows.insert((kind.name(), record.id), kind.rows(record));
            }
            let others = subjects.iter().filter(|id| world.find(**id).is_none_or(|own| own.kind != kind.name()));
            for subject in others.filter(|_| kind.folds()) {
                self.rows.insert((kind.name(), *subject), kind.fold_rows(*subject, world));
            }
        }
    }

    pub fn rows(&self) -> BTreeSet<Row> {
        self.rows.values().flatten().cloned().collect()
    }
}
