//! The tables of links: what each kind's fields name has the form of an id, and ARCHITECTURE.md shows them as they are.

use std::fmt::Write as _;

use bianfang_domain::form::Form;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::link::{Link, Names};
use serde_json::{Value, json};

use crate::county::{fields, id};

fn written(link: &Link) -> Value {
    match link.each {
        Some(of) => json!({ link.field: [{ of: id(7) }, { of: id(8) }] }),
        None => json!({ link.field: id(7) }),
    }
}

#[test]
fn every_link_reads_whom_its_field_names() {
    for kind in kind::ALL {
        for link in kind.links().iter().filter(|link| link.field != "notice_no") {
            let named = link.ids(&fields(written(link)));
            assert_eq!(named.first(), Some(&id(7)), "{} {}", kind.name(), link.field);
            assert_eq!(named.len(), if link.each.is_some() { 2 } else { 1 });
            for odd in [json!(null), json!(7), json!("x"), json!({}), json!([null, "x", {}])] {
                assert!(link.ids(&fields(json!({ link.field: odd }))).is_empty());
            }
        }
    }
    let list: Vec<RecordId> = Link::subject("subjects").ids(&fields(json!({ "subjects": [id(1), id(2)] })));
    assert_eq!(list, [id(1), id(2)]);
}

/// One that names something of another form would name nothing, in silence.
#[test]
fn what_a_record_names_is_refused_in_another_form() {
    // A number that several share, and lists whose kinds look at each element.
    let otherwise = ["notice_no", "divisions", "subjects"];
    for kind in kind::ALL {
        for link in kind.links().iter().filter(|link| link.each.is_none() && !otherwise.contains(&link.field)) {
            assert_eq!(kind::field(*kind, link.field).form, Form::Id, "{} {}", kind.name(), link.field);
        }
    }
}

#[test]
fn architecture_shows_the_links_as_they_are() {
    let mut table = String::from("| kind | speaks of | is read by | lies in | gives |\n|---|---|---|---|---|\n");
    for kind in kind::ALL.iter().filter(|kind| !kind.links().is_empty()) {
        let of = |all: &[Names]| {
            let of = kind.links().iter().filter(|link| all.contains(&link.names));
            let one = |link: &Link| {
                let (tie, chain) = (if link.tie { " ⚭" } else { "" }, if link.chain { " ∞" } else { "" });
                let each = link.each.map(|field| format!("[].{field}")).unwrap_or_default();
                let along = if link.along { " →" } else { "" };
                format!("`{}{each}`{tie}{chain}{along}", link.field)
            };
            of.map(one).collect::<Vec<_>>().join(", ")
        };
        let (subjects, readers) = (of(&[Names::Subject]), of(&[Names::Reader]));
        let (places, grants) = (of(&[Names::Place, Names::Above]), of(&[Names::Grant]));
        writeln!(table, "| {} | {subjects} | {readers} | {places} | {grants} |", kind.name()).unwrap();
    }
    let shown = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md")).unwrap();
    assert!(shown.contains(&table), "ARCHITECTURE.md shows another table than\n{table}");
}
