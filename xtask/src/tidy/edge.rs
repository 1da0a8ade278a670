//! Who may know whom. The phone must never carry the server, nor the server the phone's store, and the rules of the field
//! must run without a disk, a network or a runtime. Read from `cargo metadata`, so that no comment can lie about it.

use super::Finding;
use cargo_metadata::{DependencyKind, Metadata};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Each crate of the product and those it may know; ARCHITECTURE.md draws the same as layers. The mechanism of records knows
/// nobody, so that no kind of record can be known to it.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("bianfang-record", &[]),
    ("bianfang-domain", &["bianfang-record"]),
    ("bianfang-protocol", &["bianfang-domain"]),
    ("bianfang-photo", &[]),
    ("bianfang-store", &["bianfang-domain", "bianfang-protocol"]),
    ("bianfang-sync", &["bianfang-store", "bianfang-protocol", "bianfang-domain"]),
    ("bianfang-client", &["bianfang-sync", "bianfang-store", "bianfang-photo", "bianfang-protocol", "bianfang-domain"]),
    ("bianfang-ffi", &["bianfang-client", "bianfang-domain"]),
    ("bianfang-sheets", &["bianfang-domain"]),
    ("bianfang-server", &["bianfang-protocol", "bianfang-domain", "bianfang-photo", "bianfang-sheets"]),
];

/// Nobody may know it: it is the outermost layer, and two copies of its exports would clash in one library.
const OUTERMOST: &str = "bianfang-ffi";

/// From these none of [`IMPURE`] may be reached, over however many crates: the mechanism, rules, and the reading of sheets.
const PURE: &[&str] = &["bianfang-record", "bianfang-domain", "bianfang-sheets"];
const IMPURE: &[&str] = &["sqlx", "axum", "reqwest", "tokio"];

/// The crates as names; what the rules read of cargo's answer.
#[derive(Default)]
pub struct Graph {
    /// Every crate of the workspace, with whether it is part of the product (not of `tests/` or a tool).
    members: BTreeMap<String, bool>,
    /// What a crate links, without what only its tests use: tests may look across a border.
    links: BTreeMap<String, BTreeSet<String>>,
    /// What a crate uses at all.
    uses: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Takes the resolved graph, so that what comes through other crates is seen too.
    pub fn of(metadata: &Metadata) -> Self {
        let mut graph = Self::default();
        let name =
            |id| metadata.packages.iter().find(|package| &package.id == id).map(|package| package.name.to_string());
        for package in metadata.workspace_packages() {
            let folder = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap_or(&package.manifest_path);
            let product =
                folder.starts_with("core") || package.name.starts_with("bianfang-") && !folder.starts_with("tests");
            graph.members.insert(package.name.to_string(), product);
        }
        for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
            let Some(from) = name(&node.id) else { continue };
            for dependency in &node.deps {
                let Some(to) = name(&dependency.pkg) else { continue };
                if dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development) {
                    graph.links.entry(from.clone()).or_default().insert(to.clone());
                }
                graph.uses.entry(from.clone()).or_default().insert(to);
            }
        }
        graph
    }

    /// The shortest way from one crate to another over what is linked, both ends included.
    fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut seen = BTreeSet::from([from.to_string()]);
        let mut waiting = VecDeque::from([vec![from.to_string()]]);
        while let Some(way) = waiting.pop_front() {
            let last = way.last()?;
            if last == to {
                return Some(way);
            }
            for next in self.links.get(last).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    waiting.push_back(way.iter().cloned().chain([next.clone()]).collect());
                }
            }
        }
        None
    }
}

/// Every edge that is not allowed.
pub fn check(graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (member, product) in &graph.members {
        if graph.uses.get(member).is_some_and(|used| used.contains(OUTERMOST)) {
            findings.push(edge(member, OUTERMOST));
        }
        match MAY_KNOW.iter().find(|(name, _)| name == member) {
            Some((_, allowed)) => findings.extend(strangers(graph, member, allowed)),
            None if *product => findings.push(Finding {
                place: member.clone(),
                what: "未列入依赖规则 / not in the list of who may know whom (xtask/src/tidy/edge.rs)".into(),
            }),
            None => {}
        }
    }
    for pure in PURE {
        for way in IMPURE.iter().filter_map(|impure| graph.way(pure, impure)) {
            let what = format!("这一层不得接触数据库、网络和运行时 / must not reach I/O: {}", way.join(" → "));
            findings.push(Finding { place: (*pure).into(), what });
        }
    }
    findings
}

/// Members of the workspace that this one links although the list does not allow it.
fn strangers(graph: &Graph, member: &str, allowed: &[&str]) -> Vec<Finding> {
    let linked = graph.links.get(member).into_iter().flatten();
    let strange = linked
        .filter(|to| graph.members.contains_key(*to) && !allowed.contains(&to.as_str()) && to.as_str() != OUTERMOST);
    strange.map(|to| edge(member, to)).collect()
}

fn edge(from: &str, to: &str) -> Finding {
    Finding { place: from.into(), what: format!("不得依赖 {to} / must not know it (xtask/src/tidy/edge.rs)") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The allowed edges, all of them, and these besides.
    fn graph(more: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (name, allowed) in MAY_KNOW {
            graph.members.insert(name.to_string(), true);
            let allowed: BTreeSet<String> = allowed.iter().map(ToString::to_string).collect();
            graph.links.insert(name.to_string(), allowed.clone());
            graph.uses.insert(name.to_string(), allowed);
        }
        graph.members.insert("bianfang-e2e".into(), false);
        for (from, to) in more {
            graph.links.entry(from.to_string()).or_default().insert(to.to_string());
            graph.uses.entry(from.to_string()).or_default().insert(to.to_string());
        }
        graph
    }

    #[test]
    fn allowed_edges_pass() {
        assert_eq!(check(&graph(&[("bianfang-e2e", "bianfang-server"), ("bianfang-e2e", "bianfang-client")])), []);
    }

    #[test]
    fn each_edge_between_crates_that_is_not_in_the_list_is_found() {
        let names: Vec<&str> = MAY_KNOW.iter().map(|(name, _)| *name).collect();
        for (from, allowed) in MAY_KNOW {
            for to in names.iter().filter(|to| *to != from && !allowed.contains(to)) {
                let findings = check(&graph(&[(from, to)]));
                assert!(findings.contains(&edge(from, to)), "{from} → {to}: {findings:?}");
            }
        }
    }

    #[test]
    fn domain_that_reaches_a_runtime_through_another_crate_is_found() {
        let findings = check(&graph(&[("bianfang-domain", "innocent"), ("innocent", "tokio")]));
        // The crate of sheets knows the domain, and reaches it too.
        assert_eq!(findings.len(), 2);
        assert!(findings[0].what.contains("bianfang-domain → innocent → tokio"), "{findings:?}");
    }

    #[test]
    fn a_database_in_the_crate_of_sheets_is_found() {
        let findings = check(&graph(&[("bianfang-sheets", "sqlx")]));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].what.contains("bianfang-sheets → sqlx"), "{findings:?}");
    }

    #[test]
    fn whole_system_tests_must_not_know_the_outermost_layer_either() {
        assert_eq!(check(&graph(&[("bianfang-e2e", OUTERMOST)])), [edge("bianfang-e2e", OUTERMOST)]);
    }

    #[test]
    fn tests_of_a_crate_may_look_across_a_border() {
        let mut graph = graph(&[]);
        graph.uses.entry("bianfang-sync".into()).or_default().insert("bianfang-server".into());
        assert_eq!(check(&graph), []);
    }

    #[test]
    fn new_crate_of_the_product_must_be_listed() {
        let mut graph = graph(&[]);
        graph.members.insert("bianfang-new".into(), true);
        assert_eq!(check(&graph).len(), 1);
    }

    #[test]
    fn workspace_is_read_from_cargo() {
        let graph = Graph::of(crate::place::Workspace::find().unwrap().metadata());
        assert_eq!(graph.members.get("bianfang-domain"), Some(&true));
        assert_eq!(graph.members.get("xtask"), Some(&false));
        assert!(graph.way("bianfang-store", "tokio").is_some(), "the store links a runtime, so the walk must find it");
    }
}
