//! `enrol-code`: a one-time code for an account, as a QR in the terminal and as a PNG.

use std::path::Path;

use bianfang_protocol::enrol::Invitation;
use image::Luma;
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

use crate::auth::enrol;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::db::{Db, account};
use crate::{ServerError, pki};

/// Makes a code for an active account.
///
/// # Errors
/// [`ServerError::AccountUnknown`], [`ServerError::CountyUnknown`], [`ServerError::NotInitialized`].
pub async fn create(
    config: &Config,
    db: &Db,
    (clock, random): (&dyn Clock, &dyn Random),
    county: &str,
    login: &str,
) -> Result<Invitation, ServerError> {
    let ca = pki::fingerprint(&config.data_dir)?;
    let mut write = db.begin(county, clock.now_ms()).await?;
    let found = account::get_by_login(write.conn(), county, login).await?.filter(|account| account.active);
    let unknown = || ServerError::AccountUnknown { county: county.to_owned(), login: login.to_owned() };
    let account = found.ok_or_else(unknown)?;
    let code = enrol::new_code(&mut write, account.id, config.enrol_hours, "system", random).await?;
    write.commit().await?;
    Ok(Invitation { url: config.public_url.clone(), code, ca })
}

fn qr(invitation: &Invitation) -> Result<QrCode, ServerError> {
    Ok(QrCode::with_error_correction_level(serde_json::to_vec(invitation)?, EcLevel::M)?)
}

/// The QR in half blocks, for a terminal with a dark background.
///
/// # Errors
/// [`ServerError::Qr`] for a URL of some thousand letters.
pub fn terminal(invitation: &Invitation) -> Result<String, ServerError> {
    let dark = (Dense1x2::Light, Dense1x2::Dark);
    Ok(qr(invitation)?.render::<Dense1x2>().dark_color(dark.0).light_color(dark.1).build())
}

/// Writes the QR as a PNG. It opens the door once: the file is for its owner only.
///
/// # Errors
/// [`ServerError::Qr`], [`ServerError::Image`], [`ServerError::File`] when the file exists.
pub fn write_png(invitation: &Invitation, path: &Path) -> Result<(), ServerError> {
    let picture = qr(invitation)?.render::<Luma<u8>>().min_dimensions(480, 480).build();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    crate::files::write_secret(path, bytes.get_ref())
}
