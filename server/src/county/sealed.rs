//! Protected fields of an op: opened in memory, checked, masked in the open part, sealed again under the county's key.
//! Nothing here is logged or stored in the clear.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Right;
use bianfang_domain::document::{Document, merge_set};
use bianfang_domain::id::RecordId;
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::kind::{self, Field};
use bianfang_domain::mask;
use bianfang_domain::military;
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::shown;
use bianfang_protocol::seal;
use serde_json::Value;

use crate::clock::{Random, bytes};
use crate::county::keys::CountyKeys;

/// Field to its fingerprint, or why it could not be taken.
pub type Prints = BTreeMap<String, Result<String, Reason>>;

/// Opens and seals with the keys of one county.
#[derive(Clone, Copy)]
pub struct Sealer<'a> {
    /// The county's keys.
    pub keys: &'a CountyKeys,
    /// For nonces.
    pub random: &'a dyn Random,
}

impl Sealer<'_> {
    /// Values that stand alone (an id number): opened, checked, masked, sealed. List fields wait for [`Self::lists`],
    /// which needs the record as it then stands. Returns the fingerprints.
    pub fn singles(self, op: &mut Op) -> Prints {
        let (target, kind_name) = (op.target, op.kind.clone());
        let mut prints = Prints::new();
        let Some((set, sealed)) = parts(&mut op.act) else { return prints };
        // A phone sends the mask beside the seal: a name that stands in both is opened once.
        let names: BTreeSet<String> = sealed.keys().chain(set.keys()).cloned().collect();
        for name in names {
            let field = protected(&kind_name, &name);
            let arrived = sealed.get(&name).cloned();
            if field.is_none() && arrived.is_none() {
                continue;
            }
            let opened = match &arrived {
                Some(text) => {
                    seal::from_phone(&self.keys.seal_private, target, &name, text).map_err(|_| Reason::SealBroken)
                }
                None => match set.get(&name) {
                    // What was shown comes back as it was shown: the text behind it stays.
                    Some(Value::String(text)) if text == mask::RESTRICTED => continue,
                    Some(Value::String(text)) => Ok(text.clone()),
                    Some(Value::Null) => continue,
                    // A list in the clear is for `lists`; anything else has the wrong form.
                    Some(_) if field.is_some_and(|field| field.list) => continue,
                    _ => Err(Reason::Malformed),
                },
            };
            match opened {
                // Looked at here, for only here it is open; what is refused is not kept, sealed or not.
                Ok(value) if military::designation(&value).is_some() => {
                    prints.insert(name.clone(), Err(Reason::MilitaryUnit));
                    sealed.remove(&name);
                    set.insert(name, Value::String(mask::RESTRICTED.into()));
                }
                // It came sealed because the phone was not to keep it.
                Ok(value) if field.is_none() && shown::travels_sealed(&kind_name, &name) => {
                    sealed.remove(&name);
                    set.insert(name, Value::String(value));
                }
                // One element of a sealed list: the open part has its masked form already.
                Ok(value) if name.contains('/') => self.put(sealed, target, &name, &value),
                Ok(value) if field.is_some_and(|field| field.list) => {
                    sealed.remove(&name);
                    let list = serde_json::from_str(&value).unwrap_or(Value::String(value));
                    set.insert(name, list);
                }
                Ok(value) if field.is_some_and(|field| field.unique) => match IdNumber::parse(&value) {
                    Ok(number) => {
                        let index = format!("{kind_name}.{name}");
                        prints.insert(name.clone(), Ok(seal::fingerprint(&self.keys.index, &index, number.reveal())));
                        set.insert(name.clone(), Value::String(mask::id_number(number.reveal())));
                        self.put(sealed, target, &name, number.reveal());
                    }
                    Err(_) => {
                        // Kept sealed as it was typed, so that the township can compare it with the card.
                        prints.insert(name.clone(), Err(Reason::IdNumberInvalid));
                        set.insert(name.clone(), Value::String(mask::id_number(&value)));
                        self.put(sealed, target, &name, &value);
                    }
                },
                Ok(mut value) => {
                    // A telephone number comes to phones in full: no other number is kept under it, sealed or not.
                    if field.is_some_and(|field| field.sealed == Some(Right::Phones)) {
                        value = mask::id_numbers(&value);
                    }
                    set.insert(name.clone(), Value::String(mask::RESTRICTED.into()));
                    self.put(sealed, target, &name, &value);
                }
                Err(reason) if field.is_none() && shown::travels_sealed(&kind_name, &name) => {
                    // What stands open beside the seal is what the phone itself could see.
                    prints.insert(name, Err(reason));
                }
                Err(reason) => {
                    prints.insert(name.clone(), Err(reason));
                    // The field must be in the open part to be judged; what the phone showed was at most a mask.
                    let shown = set.get(&name).and_then(Value::as_str).map_or(Value::String("*".into()), |text| {
                        Value::String(if text.contains('*') { text.to_owned() } else { mask::id_number(text) })
                    });
                    set.insert(name, shown);
                }
            }
        }
        prints
    }

    /// Protected lists (telephone numbers): the sealed part gets the full list as it will be, the open part the
    /// masked change, which merges by element like any list. A masked element that comes back means the one it masks.
    pub fn lists(self, op: &mut Op, current: Option<&Record>, prints: &mut Prints) {
        let (target, kind_name) = (op.target, op.kind.clone());
        let Some((set, sealed)) = parts(&mut op.act) else { return };
        let names: Vec<String> = set.keys().cloned().collect();
        for name in names {
            let Some(field) = protected(&kind_name, &name).filter(|field| field.list) else { continue };
            let mask = |text: &str| self.element(field, target, text);
            let Some(change) = set.get(&name).filter(|value| !value.is_null()) else { continue };
            let held = current.and_then(|record| self.open_list(record, &name)).unwrap_or(Value::Array(Vec::new()));
            let change = Some(change).filter(|change| !change.is_string());
            let Some(change) = change.and_then(|change| unmasked(change, &held, &mask)) else {
                prints.insert(name.clone(), Err(Reason::Malformed));
                set.insert(name, Value::Array(Vec::new()));
                continue;
            };
            let full = merge_set(Some(&held), &change);
            self.put(sealed, target, &name, &full.to_string());
            set.insert(name, masked(&change, &mask));
        }
    }

    /// An op that waited says its protected lists as additions: what the record has by now must not be lost.
    pub fn reopen(self, op: &mut Op) {
        let (target, kind_name) = (op.target, op.kind.clone());
        let Some((set, sealed)) = parts(&mut op.act) else { return };
        let names: Vec<String> = sealed.keys().cloned().collect();
        for name in names.into_iter().filter(|name| protected(&kind_name, name).is_some_and(|field| field.list)) {
            let full = sealed.get(&name).and_then(|text| self.open_text(target, &name, text));
            let Some(list) = full.and_then(|text| serde_json::from_str::<Value>(&text).ok()) else { continue };
            sealed.remove(&name);
            set.insert(name, serde_json::json!({ "$add": list }));
        }
    }

    /// A protected list in full, if the record has one that opens.
    #[must_use]
    pub fn open_list(self, record: &Record, name: &str) -> Option<Value> {
        let text = self.open(record, name)?;
        serde_json::from_str(&text).ok().filter(Value::is_array)
    }

    /// A protected value in full. Only for callers with the right, and for audited reveals.
    #[must_use]
    pub fn open(self, record: &Record, name: &str) -> Option<String> {
        self.open_text(record.id, name, record.sealed.get(name)?)
    }

    fn open_text(self, record: RecordId, name: &str, sealed: &str) -> Option<String> {
        let key = self.keys.rest.get(&seal::key_version(sealed)?)?;
        seal::open(key, record, name, sealed).ok()
    }

    /// An element of a protected list as it may be seen: a telephone number by its ends; of anything else only whether two
    /// of one record are the same.
    fn element(self, field: Field, record: RecordId, text: &str) -> String {
        if field.sealed == Some(Right::Phones) {
            return mask::phone(text);
        }
        let print = seal::fingerprint(&self.keys.index, field.name, &format!("{record} {text}"));
        format!("*{}", print.chars().take(8).collect::<String>())
    }

    fn put(self, sealed: &mut Sealed, record: RecordId, name: &str, value: &str) {
        let Some((version, key)) = self.keys.rest.last_key_value() else { return };
        if let Ok(text) = seal::at_rest((*version, key), record, name, value, bytes(self.random)) {
            sealed.insert(name.to_owned(), text);
        }
    }
}

/// What a kind says of a field, if it protects it.
fn protected(kind_name: &str, name: &str) -> Option<Field> {
    let field = kind::field(kind::by_name(kind_name)?, name);
    field.sealed.map(|_| field)
}

fn parts(act: &mut Act) -> Option<(&mut Document, &mut Sealed)> {
    match act {
        Act::Record { fields, sealed } => Some((fields, sealed)),
        Act::Change { set, sealed, .. } | Act::Amend { set, sealed, .. } => Some((set, sealed)),
        _ => None,
    }
}

/// The text that an element protects: itself, or the number of `{number, owner, relation}`.
fn inner(element: &Value) -> Option<&str> {
    element.as_str().or_else(|| element.get("number")?.as_str())
}

/// Another text in its place.
fn with_inner(element: &Value, text: &str) -> Value {
    let mut element = element.clone();
    match &mut element {
        Value::Object(map) => drop(map.insert("number".to_owned(), Value::String(text.to_owned()))),
        other => *other = Value::String(text.to_owned()),
    }
    element
}

/// The change with each element masked.
fn masked(change: &Value, mask: &impl Fn(&str) -> String) -> Value {
    match (inner(change), change) {
        (Some(text), _) => with_inner(change, &mask(text)),
        (_, Value::Array(list)) => list.iter().map(|element| masked(element, mask)).collect(),
        (_, Value::Object(map)) => {
            Value::Object(map.iter().map(|(key, list)| (key.clone(), masked(list, mask))).collect())
        }
        (_, other) => other.clone(),
    }
}

/// The change with each masked element replaced by the full one it stands for; None where one stands for nothing here,
/// or an element has no text.
fn unmasked(change: &Value, held: &Value, mask: &impl Fn(&str) -> String) -> Option<Value> {
    match (inner(change), change) {
        (Some(text), _) if !text.contains('*') => Some(change.clone()),
        (Some(text), _) => {
            let mut full = held.as_array().into_iter().flatten().filter_map(inner);
            full.find(|full| mask(full) == text).map(|full| with_inner(change, full))
        }
        (_, Value::Array(list)) => {
            list.iter().map(|e| unmasked(e, held, mask)).collect::<Option<Vec<_>>>().map(Value::Array)
        }
        (_, Value::Object(map)) => {
            let lists = map.iter().map(|(key, list)| {
                let list = list.is_array().then(|| unmasked(list, held, mask)).flatten()?;
                Some((key.clone(), list))
            });
            lists.collect::<Option<Document>>().map(Value::Object)
        }
        _ => None,
    }
}
