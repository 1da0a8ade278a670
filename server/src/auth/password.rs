//! Passwords: Argon2id with 19 MiB, two passes, one lane (OWASP's minimum; some 23 ms). It runs beside the request threads
//! and at most two at a time: a flood of sign-ins may wait, it may not take the memory and both cores.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::ServerError;
use crate::clock::{Random, bytes};

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most bytes: nobody may have a book hashed.
pub const LONGEST_BYTES: usize = 256;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const AT_ONCE: usize = 2;

/// Hashes and checks, a few at a time.
pub struct Passwords {
    places: Semaphore,
}

/// A hash that no password fits: an unknown login costs as much time as a known one, and an account that was not handed out
/// yet opens to nobody.
pub const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password to be handed over and changed: 16 letters and digits, 80 random bits.
#[must_use]
pub fn new_password(random: &dyn Random) -> String {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzA";
    let of = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('2', char::from);
    bytes::<16>(random).into_iter().map(of).collect()
}

fn argon2() -> Result<Argon2<'static>, ServerError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| ServerError::Password)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// With its own count of places.
    #[must_use]
    pub fn new() -> Self {
        Self { places: Semaphore::new(AT_ONCE) }
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServerError> + Send + 'static,
    ) -> Result<T, ServerError> {
        let _place = self.places.acquire().await.map_err(|_| ServerError::Task)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| ServerError::Task)?
    }

    /// The PHC text of a new password.
    ///
    /// # Errors
    /// [`ServerError::PasswordShort`], [`ServerError::Password`].
    pub async fn hash(&self, password: &str, random: &dyn Random) -> Result<String, ServerError> {
        if password.chars().count() < SHORTEST {
            return Err(ServerError::PasswordShort(SHORTEST));
        }
        let (password, salt) = (password.to_owned(), bytes::<16>(random));
        self.run(move || {
            let hash: PasswordHash =
                argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| ServerError::Password)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password fits. `stored` is `None` for an unknown login: the answer is no, after the same work.
    ///
    /// # Errors
    /// [`ServerError::Password`] when the stored text is no hash.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, ServerError> {
        if password.len() > LONGEST_BYTES {
            return Ok(false);
        }
        let (password, hash) = (password.to_owned(), stored.unwrap_or(NOBODY).to_owned());
        let fits = self
            .run(move || {
                let hash = PasswordHash::new(&hash).map_err(|_| ServerError::Password)?;
                // The parameters of the stored hash count, so raising ours later locks nobody out.
                Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(fits && stored.is_some())
    }
}
