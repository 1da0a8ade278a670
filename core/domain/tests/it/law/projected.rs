//! Projections as a store keeps them: after each op the rows of what was touched, and of what that speaks of now and spoke of
//! before, are replaced.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::projection::Row;
use bianfang_domain::world::World;

/// Rows by the kind that makes them and by owner.
pub struct Projected(BTreeMap<(&'static str, RecordId), Vec<Row>>);

impl Projected {
    pub fn new(world: &World) -> Self {
        let mut projected = Self(BTreeMap::new());
        projected.follow(world, world, world.records().map(|record| record.id).collect());
        projected
    }

    pub fn follow(&mut self, before: &World, world: &World, touched: BTreeSet<RecordId>) {
        let mut subjects = touched.clone();
        for record in touched.iter().flat_map(|id| world.find(*id).into_iter().chain(before.find(*id))) {
            subjects.extend(world.kind(&record.kind).unwrap().about(&record.doc));
        }
        for kind in world.kinds() {
            for record in touched.iter().filter_map(|id| world.find(*id)).filter(|record| record.kind == kind.name()) {
                self.0.insert((kind.name(), record.id), kind.rows(record));
            }
            let others = subjects.iter().filter(|id| world.find(**id).is_none_or(|own| own.kind != kind.name()));
            for subject in others.filter(|_| kind.folds()) {
                self.0.insert((kind.name(), *subject), kind.fold_rows(*subject, world));
            }
        }
    }

    pub fn rows(&self) -> BTreeSet<Row> {
        self.0.values().flatten().cloned().collect()
    }
}
