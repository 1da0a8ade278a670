//! Whether the work of the law is fair: a generator whose ops are all refused, or that never merges anybody, proves nothing.

use std::collections::BTreeMap;

use bianfang_domain::decision::Verdict;
use bianfang_domain::kind;
use bianfang_domain::op::Act;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::county::Sent;
use bianfang_law::bureau::Bureau;
use bianfang_law::orders::order;
use bianfang_law::work::{pieces, work};

const SEQUENCES: usize = 200;

/// How often each kind and act came to each verdict, and what else was reached.
#[derive(Default, Debug)]
struct Reached {
    verdicts: BTreeMap<(String, &'static str), BTreeMap<Verdict, usize>>,
    events: BTreeMap<&'static str, usize>,
}

fn act(sent: &Sent) -> &'static str {
    match sent.op.act {
        Act::Record { .. } => "record",
        Act::Change { since: None, .. } => "change",
        Act::Change { since: Some(_), .. } => "change since",
        Act::Amend { .. } => "amend",
        Act::Void { .. } => "void",
        Act::Settle { accept: true, .. } => "accept",
        Act::Settle { accept: false, .. } => "turn down",
        Act::Unsettle { .. } => "unsettle",
        Act::Review { .. } => "review",
    }
}

impl Reached {
    fn look(&mut self, bureau: &Bureau) {
        for (sent, decision, _) in &bureau.log {
            let of_kind = self.verdicts.entry((sent.op.kind.clone(), act(sent))).or_default();
            *of_kind.entry(decision.verdict).or_default() += 1;
            let others = decision.judged.iter().filter(|change| change.fact != sent.op.target);
            let held = others.clone().filter(|change| change.held.is_some()).count();
            let waited = decision.waits.then_some(sent.op.id);
            let later = bureau.log.iter().filter(|(other, again, _)| Some(other.op.id) == waited && !again.waits);
            for (event, count) in [
                ("another held", held),
                ("another released", others.count() - held),
                ("case opened", decision.cases.len()),
                ("case lapsed", decision.lapsed.len()),
                ("proposed by a fact", decision.proposed.len()),
                ("opened beside", decision.opened.len()),
                ("waits", usize::from(decision.waits)),
                ("taken again", later.count()),
            ] {
                *self.events.entry(event).or_default() += count;
            }
        }
        for record in bureau.world.records() {
            let merged = record.kind == "household" && record.value("register") == "MERGED";
            let parted = record.kind == "household" && record.meta.dated.contains_key("merged_into") && !merged;
            let same = record.kind == "same_as" && record.meta.held.is_empty();
            for (event, is) in [
                ("household merged", merged),
                ("household parted", parted),
                ("same as", same && record.stands()),
                ("same as undone", same && record.meta.voided.is_some()),
                ("two values", !record.meta.beside.is_empty()),
            ] {
                *self.events.entry(event).or_default() += usize::from(is);
            }
        }
    }

    fn sum(&self, of: impl Fn(&str, &str, Verdict) -> bool) -> usize {
        let all = self.verdicts.iter().flat_map(|((kind, act), by)| by.iter().map(move |(v, n)| (kind, *act, *v, *n)));
        all.filter(|(kind, act, verdict, _)| of(kind, act, *verdict)).map(|(.., count)| count).sum()
    }
}

#[test]
fn every_kind_and_every_act_gets_through_and_comes_to_every_end() {
    let mut runner = TestRunner::deterministic();
    let mut reached = Reached::default();
    for n in 0..SEQUENCES {
        let jobs = work(&pieces().new_tree(&mut runner).unwrap().current());
        reached.look(&Bureau::heard(&jobs, &order(&jobs, n % 12)));
    }
    // Read by hand, with `--nocapture`.
    println!("{reached:#?}");
    use Verdict::{Accepted, Conflict, Held, Merged, Proposed, Refused};
    // Cases are opened by decisions, never recorded.
    for kind in kind::ALL.iter().map(|kind| kind.name()).filter(|name| *name != "case") {
        let stands = reached.sum(|of, _, verdict| of == kind && matches!(verdict, Accepted | Merged));
        assert!(stands > SEQUENCES / 10, "{kind}: {stands}");
    }
    for verdict in [Accepted, Merged, Proposed, Conflict, Held, Refused] {
        let count = reached.sum(|_, _, of| of == verdict);
        assert!(count > SEQUENCES / 20, "{verdict:?}: {count}");
    }
    for act in ["record", "change", "change since", "amend", "void", "accept", "turn down", "unsettle", "review"] {
        let stands = reached.sum(|_, of, verdict| of == act && matches!(verdict, Accepted | Merged));
        assert!(stands > SEQUENCES / 30, "{act}: {stands}");
    }
    let refused = reached.sum(|_, _, verdict| verdict == Refused);
    assert!(refused * 3 < reached.sum(|_, _, _| true), "most is refused: {refused}");
    for (event, count) in &reached.events {
        assert!(*count > 2, "{event}: {count}");
    }
}
