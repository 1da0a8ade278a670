//! Photos of a form: each is kept as it came, with its evidence copy beside it where one can be made.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bianfang_domain::form::is_code;
use bianfang_photo::{Evidence, Image, Limits, PhotoError, owes_original};
use bianfang_store::{PhotoFiles, PhotoRole, StoreFile};
use bianfang_sync::SyncFault;
use serde::{Deserialize, Serialize};

use crate::error::ClientError;
use crate::form::KeptForm;
use crate::host::Host;
use crate::ids;
use crate::local::fault_text;
use crate::phone::Phone;

/// A photo of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhotoLine {
    /// SHA-256 of the original, hex.
    pub sha256: String,
    /// SCENE | RECEIPT | SHARED_SHEET | DOCUMENT, or a code of the bureau's.
    pub kind: String,
    /// It shows the plaque: evidence of what happened to it, not of the visit.
    pub of_plaque: bool,
    /// When the camera says it was taken, UTC milliseconds.
    pub taken_ms: Option<i64>,
    /// There is an evidence copy, which is what will be sent.
    pub has_copy: bool,
    /// It will be sent, as copy or original. What is no photo stays on the phone.
    pub sends: bool,
    /// Why there is no copy: stable, what a program looks at.
    pub code: Option<String>,
    /// Why there is none, and what becomes of the original, 中文.
    pub zh: Option<String>,
    /// The same in English.
    pub en: Option<String>,
}

/// A photo as its form keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FormPhoto {
    /// SHA-256 of the original, hex.
    pub original: String,
    /// Bytes of the original.
    pub length: u64,
    /// What it is.
    #[serde(default = "scene")]
    pub kind: String,
    /// It shows the plaque.
    #[serde(default)]
    pub of_plaque: bool,
    /// By the camera's clock.
    pub taken_ms: Option<i64>,
    /// SHA-256 of the evidence copy, hex.
    pub copy: Option<String>,
    /// Why there is none.
    pub note: Option<WhyNoCopy>,
    /// Its files in the store.
    pub files: Vec<FormFile>,
}

/// Why a photo has no copy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct WhyNoCopy {
    /// Stable, goes into the record.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// One file of a photo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FormFile {
    /// Its name in the store.
    pub name: String,
    /// ORIGINAL | COPY | THUMB
    pub role: String,
}

impl Phone {
    /// Keeps a photo of a form; durable when it returns, and the file at `path` is not needed any more. A broken picture is
    /// kept too, and says what is wrong with it.
    ///
    /// # Errors
    /// Only where nothing could be kept: [`ClientError::Invalid`] (no such file, nothing in it), [`ClientError::StorageFull`].
    pub async fn add_photo(&self, form: &str, path: &str) -> Result<PhotoLine, ClientError> {
        ids::of_form(form)?;
        let store = self.store().await?;
        let (files, host, path) = (store.files().clone(), Arc::clone(&self.host), PathBuf::from(path));
        let working = tokio::task::spawn_blocking(move || keep(&files, &*host, &path));
        let (photo, stored) = working.await.map_err(|error| ClientError::internal("photo", &error))??;
        let _forms = self.forms.lock().await;
        let mut kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        if let Some(same) = kept.photos.iter().find(|other| other.original == photo.original) {
            // Its new files have no rows: the store removes them when it is next opened.
            return Ok(same.into());
        }
        let now_ms = self.host.now_ms();
        for (role, file) in &stored {
            store.keep_photo(form, *role, file, now_ms).await?;
        }
        if let Some(note) = photo.note.as_ref().filter(|_| !photo.sends()) {
            store.photo_fault(&photo.original, &note.fault()).await?;
        }
        let row = PhotoLine::from(&photo);
        kept.photos.push(photo);
        kept.put(&store, form, now_ms).await?;
        Ok(row)
    }

    /// The photos of a form, in the order they were added.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn photos(&self, form: &str) -> Result<Vec<PhotoLine>, ClientError> {
        let store = self.store().await?;
        let kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        Ok(kept.photos.iter().map(PhotoLine::from).collect())
    }

    /// Says what a photo of a form is, and whether it shows the plaque.
    ///
    /// # Errors
    /// [`ClientError::NotFound`]; [`ClientError::Invalid`] for what is no code.
    pub async fn mark_photo(
        &self,
        form: &str,
        sha256: &str,
        (kind, of_plaque): (&str, bool),
    ) -> Result<PhotoLine, ClientError> {
        if !is_code(kind) {
            return Err(ClientError::invalid("photo_kind", "请选择影像种类。", "Choose what the photo is."));
        }
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let mut kept = KeptForm::get(&store, form).await?.ok_or(ClientError::NotFound)?;
        let photo = kept.photos.iter_mut().find(|photo| photo.original == sha256).ok_or(ClientError::NotFound)?;
        (photo.kind, photo.of_plaque) = (kind.to_owned(), of_plaque);
        let row = PhotoLine::from(&*photo);
        kept.put(&store, form, self.host.now_ms()).await?;
        Ok(row)
    }

    /// Takes a photo out of a form.
    ///
    /// # Errors
    /// [`ClientError::NotFound`].
    pub async fn remove_photo(&self, form: &str, sha256: &str) -> Result<(), ClientError> {
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let mut kept = KeptForm::get(&store, form).await?.ok_or(ClientError::NotFound)?;
        let at = kept.photos.iter().position(|photo| photo.original == sha256).ok_or(ClientError::NotFound)?;
        let photo = kept.photos.remove(at);
        kept.put(&store, form, self.host.now_ms()).await?;
        let names: Vec<String> = photo.files.into_iter().map(|file| file.name).collect();
        Ok(store.drop_photos(form, &names).await?)
    }
}

fn scene() -> String {
    "SCENE".to_owned()
}

type Files = Vec<(PhotoRole, StoreFile)>;

/// Makes the evidence and writes its files. Blocks: about 150 ms for 12 megapixels.
fn keep(files: &PhotoFiles, host: &dyn Host, path: &Path) -> Result<(FormPhoto, Files), ClientError> {
    let evidence = bianfang_photo::process(path, &Limits::default());
    if let Err(error) = &evidence
        && !error.keeps_original()
    {
        return Err(ClientError::invalid("photo", &error.message_zh(), &error.message_en()));
    }
    let mut fill = |bytes: &mut [u8]| host.fill(bytes);
    // What cannot be read cannot be kept either, whatever else was wrong with it.
    let mut source = std::fs::File::open(path).map_err(PhotoError::from)?;
    let original = files.write(&mut source, &mut fill)?;
    let mut photo = FormPhoto {
        original: original.sha256.clone(),
        length: original.length,
        kind: scene(),
        of_plaque: false,
        taken_ms: None,
        copy: None,
        note: None,
        files: Vec::new(),
    };
    let mut stored = vec![(PhotoRole::Original, original)];
    match evidence {
        // The file changed between two readings: a copy of something else is no evidence of this.
        Ok(evidence) if hex(&evidence.original.sha256) != photo.original => {
            return Err(PhotoError::Corrupt { source: None }.into());
        }
        Ok(evidence) => {
            photo.taken_ms = taken_ms(&evidence);
            photo.note = evidence.note.map(|note| WhyNoCopy {
                code: note.code().into(),
                zh: note.message_zh().into(),
                en: note.message_en().into(),
            });
            for (role, image) in [(PhotoRole::Copy, evidence.copy), (PhotoRole::Thumb, evidence.thumbnail)] {
                let Some(Image { bytes, .. }) = image else { continue };
                stored.push((role, files.write(&mut bytes.as_slice(), &mut fill)?));
            }
        }
        Err(error) => photo.note = Some(WhyNoCopy::of(&error)),
    }
    for (role, file) in &stored {
        if *role == PhotoRole::Copy {
            photo.copy = Some(file.sha256.clone());
        }
        photo.files.push(FormFile { name: file.name.clone(), role: role_text(*role).into() });
    }
    Ok((photo, stored))
}

impl FormPhoto {
    /// The original must reach the server; `wanted` is whether originals are wanted beside the copies.
    pub(crate) fn owes_original(&self, wanted: bool) -> bool {
        owes_original(self.note.as_ref().map(|note| note.code.as_str()), wanted)
    }

    fn sends(&self) -> bool {
        self.copy.is_some() || self.owes_original(false)
    }
}

impl WhyNoCopy {
    fn of(error: &PhotoError) -> Self {
        Self { code: error.code().into(), zh: error.message_zh(), en: error.message_en() }
    }

    fn fault(&self) -> String {
        let (code, zh, en) = (self.code.clone(), self.zh.clone(), self.en.clone());
        fault_text(&SyncFault { code, status: 0, zh, en, request_id: None, expected: None })
    }
}

/// Cameras before EXIF 2.31 write no offset; phones here stand at UTC+8.
fn taken_ms(evidence: &Evidence) -> Option<i64> {
    const SHANGHAI: time::UtcOffset = time::macros::offset!(+8);
    let taken = evidence.facts.taken?;
    let instant = taken.local.assume_offset(taken.offset.unwrap_or(SHANGHAI));
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn role_text(role: PhotoRole) -> &'static str {
    match role {
        PhotoRole::Original => "ORIGINAL",
        PhotoRole::Copy => "COPY",
        PhotoRole::Thumb => "THUMB",
    }
}

impl From<&FormPhoto> for PhotoLine {
    fn from(photo: &FormPhoto) -> Self {
        let (zh, en) = photo.note.clone().map(|note| (note.zh, note.en)).unzip();
        Self {
            sha256: photo.original.clone(),
            kind: photo.kind.clone(),
            of_plaque: photo.of_plaque,
            taken_ms: photo.taken_ms,
            has_copy: photo.copy.is_some(),
            sends: photo.sends(),
            code: photo.note.as_ref().map(|note| note.code.clone()),
            zh,
            en,
        }
    }
}
