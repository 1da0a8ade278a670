//! Fields of a person as words of the command line: `name=张三`, `phones=13800001111`.

use bianfang_client::{FieldDraft, PersonDraft};

use crate::PhoneError;

/// A draft of these words.
///
/// # Errors
/// [`PhoneError::Word`] for one without an equals sign.
pub fn person(
    set: &[String],
    add: &[String],
    remove: &[String],
    since: Option<String>,
) -> Result<PersonDraft, PhoneError> {
    let mut fields: Vec<FieldDraft> = Vec::new();
    for word in set {
        let (field, value) = split(word)?;
        fields.push(FieldDraft { field, value: Some(value), ..FieldDraft::default() });
    }
    for (words, goes) in [(add, false), (remove, true)] {
        for word in words {
            let (field, element) = split(word)?;
            if !fields.iter().any(|known| known.field == field) {
                fields.push(FieldDraft { field: field.clone(), ..FieldDraft::default() });
            }
            let known = fields.iter_mut().find(|known| known.field == field);
            if let Some(known) = known {
                if goes { known.remove.push(element) } else { known.add.push(element) }
            }
        }
    }
    Ok(PersonDraft { fields, since })
}

fn split(word: &str) -> Result<(String, String), PhoneError> {
    let (field, value) = word.split_once('=').ok_or_else(|| PhoneError::Word(word.to_owned()))?;
    Ok((field.to_owned(), value.to_owned()))
}
