//! Access tokens: JWT, ES256 and nothing else, `typ: at+jwt` (RFC 9068), one key named by `kid`, issuer and audience
//! checked, at most 15 minutes. The token only says who; role and divisions are read from the database on each request.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use bianfang_domain::id::{AccountId, InstallationId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::{Random, new_uuid};
use crate::{ServerError, files};

/// For whom the tokens are.
pub const AUDIENCE: &str = "bianfang-api";
/// The only type accepted.
pub const TYPE: &str = "at+jwt";

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The public URL of this server.
    pub iss: String,
    /// [`AUDIENCE`].
    pub aud: String,
    /// The account.
    pub sub: AccountId,
    /// The county.
    pub county: String,
    /// The installation.
    pub inst: InstallationId,
    /// Issued, UTC seconds.
    pub iat: i64,
    /// Ends, UTC seconds.
    pub exp: i64,
    /// The token's own id.
    pub jti: uuid::Uuid,
}

/// Signs and checks.
pub struct TokenKeys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    kid: String,
    issuer: String,
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("keys").join("token.pem")
}

/// Makes the signing key unless there is one.
///
/// # Errors
/// [`ServerError::File`], [`ServerError::Certificate`].
pub fn create_key(data_dir: &Path) -> Result<(), ServerError> {
    let path = path(data_dir);
    if path.exists() {
        return Ok(());
    }
    files::create_private_dir(&data_dir.join("keys"))?;
    files::write_secret(&path, KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?.serialize_pem().as_bytes())
}

impl TokenKeys {
    /// Reads the signing key.
    ///
    /// # Errors
    /// [`ServerError::NotInitialized`], [`ServerError::KeyFile`].
    pub fn load(data_dir: &Path, issuer: &str) -> Result<Self, ServerError> {
        let path = path(data_dir);
        let pem = files::read_text(&path)?;
        let pair = KeyPair::from_pem(&pem).map_err(|_| ServerError::KeyFile(path))?;
        let kid = hex::encode(Sha256::digest(pair.public_key_raw())).chars().take(16).collect();
        Ok(Self {
            encoding: EncodingKey::from_ec_pem(pem.as_bytes())?,
            decoding: DecodingKey::from_ec_pem(pair.public_key_pem().as_bytes())?,
            kid,
            issuer: issuer.to_owned(),
        })
    }

    /// A token for an account on an installation, and its end in UTC milliseconds.
    ///
    /// # Errors
    /// [`ServerError::Token`].
    pub fn issue(
        &self,
        county: &str,
        (account, installation): (AccountId, InstallationId),
        (now_ms, minutes): (i64, u32),
        random: &dyn Random,
    ) -> Result<(String, i64), ServerError> {
        let iat = now_ms.div_euclid(1000);
        let exp = iat + i64::from(minutes) * 60;
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: account,
            county: county.to_owned(),
            inst: installation,
            iat,
            exp,
            jti: new_uuid(now_ms, random),
        };
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        Ok((encode(&header, &claims, &self.encoding)?, exp * 1000))
    }

    /// The claims of a token that is ours and has not ended, else `None`: why not is nobody's business.
    #[must_use]
    pub fn check(&self, token: &str, now_ms: i64) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) || header.kid.as_deref() != Some(&self.kid) {
            return None;
        }
        let mut rules = Validation::new(Algorithm::ES256);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[AUDIENCE]);
        rules.required_spec_claims =
            ["exp", "iss", "aud", "sub"].map(str::to_owned).into_iter().collect::<HashSet<_>>();
        // The library would read the system's clock; ours is compared below.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &self.decoding, &rules).ok()?.claims;
        (now_ms < claims.exp.saturating_mul(1000)).then_some(claims)
    }
}
