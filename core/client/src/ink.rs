//! Signatures: written with the finger, drawn by the core, kept with the form like its photos. The record that is saved names
//! its ink as its signature.

use bianfang_photo::InkPoint;
use bianfang_store::PhotoRole;
use serde::{Deserialize, Serialize};

use crate::error::ClientError;
use crate::form::KeptForm;
use crate::ids;
use crate::phone::Phone;
use crate::photos::{FormFile, FormPhoto, PhotoLine, role_text};

/// A place on a signature pad.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct InkPointDraft {
    /// To the right of the pad's upper left corner.
    pub x: f32,
    /// Below it.
    pub y: f32,
}

/// A stroke of the finger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct InkStroke {
    /// From where it touched the pad to where it left it.
    pub points: Vec<InkPointDraft>,
}

/// A signature, written with the finger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct InkDraft {
    /// The pad's width, in the units of its points.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// In the order in which they were written.
    pub strokes: Vec<InkStroke>,
}

/// What a photo of a signature is.
const SIGNATURE: &str = "SIGNATURE";

impl FormPhoto {
    /// Whether it is the signature of the visit, or of the plaque in it.
    pub(crate) fn signs(&self, of_plaque: bool) -> bool {
        self.kind == SIGNATURE && self.of_plaque == of_plaque
    }
}

impl Phone {
    /// Keeps a signature with a form, in the place of one that was written before; the record that is saved names it as its
    /// signature. None where nothing was written.
    ///
    /// # Errors
    /// [`ClientError::StorageFull`].
    pub async fn sign(&self, form: &str, ink: InkDraft, of_plaque: bool) -> Result<Option<PhotoLine>, ClientError> {
        ids::of_form(form)?;
        let strokes = ink.strokes.into_iter();
        let strokes: Vec<Vec<InkPoint>> =
            strokes.map(|stroke| stroke.points.into_iter().map(|at| InkPoint { x: at.x, y: at.y }).collect()).collect();
        let drawn = bianfang_photo::ink(&strokes, (ink.width, ink.height));
        let drawn = drawn.map_err(|error| ClientError::internal("ink", &error))?;
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let mut kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        let (old, rest): (Vec<FormPhoto>, Vec<FormPhoto>) =
            kept.photos.into_iter().partition(|photo| photo.signs(of_plaque));
        kept.photos = rest;
        let mut fill = |bytes: &mut [u8]| self.host.fill(bytes);
        let signed = match drawn {
            Some(png) => Some(store.files().write(&mut png.as_slice(), &mut fill)?),
            None => None,
        };
        if let Some(file) = &signed {
            // What is sent is the drawing itself: there is nothing to make smaller.
            store.keep_photo(form, PhotoRole::Copy, file, self.host.now_ms()).await?;
            kept.photos.push(FormPhoto {
                original: file.sha256.clone(),
                length: file.length,
                kind: SIGNATURE.to_owned(),
                of_plaque,
                taken_ms: Some(self.host.now_ms()),
                copy: Some(file.sha256.clone()),
                note: None,
                files: vec![FormFile { name: file.name.clone(), role: role_text(PhotoRole::Copy).into() }],
            });
        }
        let row = kept.photos.last().filter(|_| signed.is_some()).map(PhotoLine::from);
        kept.put(&store, form, self.host.now_ms()).await?;
        let names: Vec<String> = old.into_iter().flat_map(|photo| photo.files).map(|file| file.name).collect();
        store.drop_photos(form, &names).await?;
        Ok(row)
    }
}
