//! What goes to a terminal may end in a log: names and telephone numbers are masked on the way.

use bianfang_domain::mask;
use serde_json::Value;

/// Masks every field that holds a name of a person or a telephone number, wherever it stands.
pub(crate) fn personal(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(personal),
        Value::Object(fields) => {
            // Divisions have names too, which are nobody's; they alone have a level.
            let division = fields.contains_key("level");
            let of = fields.get("field").and_then(Value::as_str).map(str::to_owned);
            for (name, value) in fields.iter_mut() {
                // A value beside a field is as personal as the field.
                let name = if name == "values" { of.as_deref().unwrap_or(name) } else { name };
                match name {
                    "name" if !division => each(value, mask::name),
                    "people" => each(value, mask::name),
                    "phones" => each(value, mask::phone),
                    _ => personal(value),
                }
            }
        }
        _ => {}
    }
}

fn each(value: &mut Value, mask: fn(&str) -> String) {
    match value {
        Value::String(text) => *text = mask(text),
        Value::Array(list) => list.iter_mut().for_each(|value| each(value, mask)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn people_are_masked_and_places_are_not() {
        let mut value = json!({
            "row": { "name": "欧阳建国", "village": "浩特艾里嘎查" },
            "phones": ["19900001234"],
            "divisions": [{ "name": "乌丹镇", "level": "TOWNSHIP" }],
            "drafts": [{ "people": ["张伟"] }],
            "beside": [{ "field": "name", "values": ["张叁"] }],
        });
        personal(&mut value);
        let expected = json!({
            "row": { "name": "欧阳**", "village": "浩特艾里嘎查" },
            "phones": ["199****1234"],
            "divisions": [{ "name": "乌丹镇", "level": "TOWNSHIP" }],
            "drafts": [{ "people": ["张*"] }],
            "beside": [{ "field": "name", "values": ["张*"] }],
        });
        assert_eq!(value, expected);
    }
}
