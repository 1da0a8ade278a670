//! Photo 影像: evidence of a contact or a plaque event. The bytes live apart, named by their SHA-256; this fact says
//! whose they are and what they show.

use serde::{Deserialize, Serialize};

use super::{Fault, Field, Kind, Nature};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;

/// The kind. Document: see [`PhotoView`].
pub struct Photo;

/// What a photo's document holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PhotoView {
    /// The contact or plaque event it is evidence of.
    pub subject: RecordId,
    /// SCENE | RECEIPT | SHARED_SHEET | DOCUMENT
    pub photo_kind: String,
    /// SHA-256 of the original file, hex.
    pub original: String,
    /// Bytes of the original.
    pub length: i64,
    /// SHA-256 of the evidence copy, where one could be made.
    #[serde(default)]
    pub copy: Option<String>,
    /// Why there is no copy.
    #[serde(default)]
    pub no_copy: Option<String>,
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Every field of a photo.
pub const FIELDS: &[Field] = &[
    Field::new("subject", "所属记录", "Of", Form::Id),
    Field::new("photo_kind", "影像种类", "Kind", Form::Text).of(&["PHOTO_KIND"]),
    Field::new("original", "原图", "Original", Form::Text),
    Field::new("length", "字节数", "Bytes", Form::Number),
    Field::new("copy", "存证图", "Copy", Form::Text),
    Field::new("no_copy", "无存证图原因", "Why no copy", Form::Text),
];

impl Kind for Photo {
    fn name(&self) -> &'static str {
        "photo"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "subject").ok_or_else(|| Fault::missing("subject"))?;
        text_in(doc, "original").filter(|hash| is_hash(hash)).ok_or_else(|| Fault::malformed("original"))?;
        int_in(doc, "length").filter(|length| *length > 0).ok_or_else(|| Fault::malformed("length"))?;
        match text_in(doc, "copy") {
            Some(hash) if !is_hash(hash) => Err(Fault::malformed("copy")),
            _ => Ok(()),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("subject")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "photo",
                columns: &[
                    text("subject"),
                    text("photo_kind"),
                    text("original"),
                    text("copy"),
                    text("owed"),
                    int("counts"),
                ],
                indexes: &[("subject", "subject"), ("owed", "owed"), ("original", "original")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        let copy = text_in(doc, "copy");
        vec![Row {
            table: "photo",
            owner: record.id.to_string(),
            cells: vec![
                id_in(doc, "subject").into(),
                text_in(doc, "photo_kind").into(),
                text_in(doc, "original").into(),
                copy.into(),
                // Evidence is complete when this blob has its receipt: the copy, or the original where no copy can be made.
                copy.or(text_in(doc, "original")).into(),
                record.counts(&crate::op::Part::Whole).into(),
            ],
        }]
    }
}
