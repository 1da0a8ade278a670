//! A seal opens for its county, record and field, and for nothing else.

use bianfang_domain::id::RecordId;
use bianfang_protocol::seal::{SealError, at_rest, fingerprint, from_phone, key_pair, key_version, open, to_county};
use rand::SeedableRng;
use rand::rngs::StdRng;

fn record(n: u8) -> RecordId {
    RecordId::new(1_700_000_000_000, [n; 10])
}

const NUMBER: &str = "11010519491231002X";

#[test]
fn value_sealed_on_a_phone_opens_on_the_server() {
    let (private, public) = key_pair(&[7; 32]);
    let sealed = to_county(&public, record(1), "id_number", NUMBER, &mut StdRng::seed_from_u64(1)).unwrap();
    assert!(!sealed.contains(NUMBER));
    assert_eq!(from_phone(&private, record(1), "id_number", &sealed).as_deref(), Ok(NUMBER));
}

#[test]
fn value_sealed_on_a_phone_opens_for_no_other_record_field_or_county() {
    let (private, public) = key_pair(&[7; 32]);
    let (other, _) = key_pair(&[8; 32]);
    let sealed = to_county(&public, record(1), "id_number", NUMBER, &mut StdRng::seed_from_u64(1)).unwrap();
    assert_eq!(from_phone(&private, record(2), "id_number", &sealed), Err(SealError::Closed));
    assert_eq!(from_phone(&private, record(1), "phones", &sealed), Err(SealError::Closed));
    assert_eq!(from_phone(&other, record(1), "id_number", &sealed), Err(SealError::Closed));
    assert_eq!(from_phone(&private, record(1), "id_number", "!"), Err(SealError::Form));
    assert_eq!(from_phone(&private, record(1), "id_number", "AAAA"), Err(SealError::Form));
}

#[test]
fn value_at_rest_opens_for_its_record_and_field_only() {
    let key = [3; 32];
    let sealed = at_rest((4, &key), record(1), "phones", "13800138000", [9; 12]).unwrap();
    assert_eq!(key_version(&sealed), Some(4));
    assert_eq!(open(&key, record(1), "phones", &sealed).as_deref(), Ok("13800138000"));
    assert_eq!(open(&key, record(2), "phones", &sealed), Err(SealError::Closed));
    assert_eq!(open(&[4; 32], record(1), "phones", &sealed), Err(SealError::Closed));
}

#[test]
fn any_flipped_character_closes_the_seal() {
    let key = [3; 32];
    let sealed = at_rest((1, &key), record(1), "phones", "13800138000", [9; 12]).unwrap();
    for at in 2..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(bytes).unwrap();
        assert!(open(&key, record(1), "phones", &text).is_err(), "flipped at {at}");
    }
}

#[test]
fn fingerprint_depends_on_key_index_and_value() {
    let print = fingerprint(&[1; 32], "person.id_number", NUMBER);
    assert_eq!(print.len(), 64);
    assert_eq!(print, fingerprint(&[1; 32], "person.id_number", NUMBER));
    assert_ne!(print, fingerprint(&[2; 32], "person.id_number", NUMBER));
    assert_ne!(print, fingerprint(&[1; 32], "person.card", NUMBER));
    assert_ne!(print, fingerprint(&[1; 32], "person.id_number", "440524188001010014"));
}
