//! One word for one thing: no two types of the product have one name, or a reader must know which of them is meant. Words that
//! a trait of somebody else's asks for (`type Error`) stand inside their `impl` and are not counted.

use std::collections::BTreeMap;

use super::Finding;

/// One thing shown twice on purpose: what an app holds of a phone, over the phone itself.
const SHOWN_AGAIN: &[&str] = &["Phone", "Watch"];

/// The first place of every type name.
#[derive(Debug, Default)]
pub struct TypeNames(BTreeMap<String, String>);

impl TypeNames {
    /// Takes the types that a file declares; each whose name another file has is a finding.
    pub fn take(&mut self, path: &str, text: &str) -> Vec<Finding> {
        if !is_product(path) {
            return Vec::new();
        }
        let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        let named = lines.enumerate().filter_map(|(at, line)| Some((at + 1, declared(line)?)));
        named.filter_map(|(line, name)| self.again(&format!("{path}:{line}"), name)).collect()
    }

    fn again(&mut self, place: &str, name: &str) -> Option<Finding> {
        if SHOWN_AGAIN.contains(&name) {
            return None;
        }
        let first = self.0.entry(name.to_owned()).or_insert_with(|| place.to_owned());
        (first != place).then(|| Finding {
            place: place.to_owned(),
            what: format!("类型名 {name} 已用于 {first} / this type name is taken there: say what this one is"),
        })
    }
}

fn is_product(path: &str) -> bool {
    let room = ["core/", "server/", "bindings/ffi/", "xtask/"].iter().any(|room| path.starts_with(room));
    room && path.ends_with(".rs") && path.contains("/src/")
}

/// The type a line declares. An associated type of an `impl` is indented.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub").map_or(line, |rest| {
        let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
        rest.trim_start()
    });
    let (word, rest) = line.split_once(' ')?;
    let name = ["struct", "enum", "trait", "type"].contains(&word).then_some(rest)?;
    name.split(|c: char| !c.is_alphanumeric()).next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_type_of_a_name_is_found_with_the_first() {
        let mut names = TypeNames::default();
        assert!(names.take("core/a/src/step.rs", "pub struct Step {\n").is_empty());
        let found = names.take("server/src/b.rs", "//! B.\n\npub(crate) enum Step<T> {\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].place == "server/src/b.rs:3" && found[0].what.contains("core/a/src/step.rs:1"), "{found:?}");
    }

    #[test]
    fn words_of_a_trait_and_of_tests_and_what_is_shown_again_are_no_repeats() {
        let mut names = TypeNames::default();
        let text =
            "trait Told {}\nimpl Fold for A {\n    type State = u8;\n}\n#[cfg(test)]\nmod tests {\nstruct Told;\n}\n";
        let all =
            [("core/a/src/a.rs", text), ("core/b/src/b.rs", "struct State;"), ("server/tests/it/c.rs", "struct Told;")];
        let phones = [("core/a/src/p.rs", "pub struct Phone {"), ("bindings/ffi/src/p.rs", "pub struct Phone {")];
        for (path, text) in all.into_iter().chain(phones) {
            assert_eq!(names.take(path, text), [], "{path}");
        }
    }
}
