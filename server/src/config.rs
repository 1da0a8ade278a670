//! The configuration: defaults, then the TOML file, then the environment (`BIANFANG_*`), then flags; the later wins.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::{ServerError, files};

/// Everything that may be set. Flat, so that file, environment and flags share one spelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Database, keys, certificates, photos.
    pub data_dir: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// What phones and browsers call: `https://host:port`.
    pub public_url: String,
    /// `sqlite:` or `postgres:` URL; empty means a SQLite file in the data folder.
    pub database_url: String,
    /// Plain HTTP, on a loopback address only (behind a reverse proxy, or in a test).
    pub plain: bool,
    /// The longest request body, bytes, where a route does not say otherwise. A push is at most 1 MiB.
    pub body_limit: usize,
    /// The longest a request may take, seconds.
    pub request_seconds: u64,
    /// Life of an access token, minutes, at most 15.
    pub access_minutes: u32,
    /// Life of a phone's refresh token since its last use, days.
    pub refresh_days: u32,
    /// Life of a console session since its last use, hours.
    pub session_hours: u32,
    /// Life of an enrolment code, hours.
    pub enrol_hours: u32,
    /// Wrong passwords in a row until the account is locked.
    pub lockout_failures: u32,
    /// How long it stays locked, minutes.
    pub lockout_minutes: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("bianfang-data"),
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 8443)),
            public_url: "https://localhost:8443".to_owned(),
            database_url: String::new(),
            plain: false,
            body_limit: 2 * 1024 * 1024,
            request_seconds: 30,
            access_minutes: 15,
            refresh_days: 90,
            session_hours: 12,
            enrol_hours: 72,
            lockout_failures: 5,
            lockout_minutes: 15,
        }
    }
}

/// The part that flags may set. What is `None` leaves the earlier value.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Flags {
    /// 数据目录 / data folder
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// 数据库地址 / database URL
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// 监听地址 / listen address
    #[arg(long, global = true, value_name = "ADDR:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// 对外网址 / public URL
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// 不加密,仅限本机 / plain HTTP, loopback only
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub plain: bool,
}

impl Config {
    /// Reads the configuration. Without `file`, `bianfang.toml` in the working folder is read if it exists.
    ///
    /// # Errors
    /// [`ServerError::Config`] for an unknown key or a wrong value, [`ServerError::PublicUrl`], [`ServerError::PlainNotLoopback`].
    pub fn load(file: Option<&Path>, flags: &Flags) -> Result<Self, ServerError> {
        let defaults = Self::default();
        // Only known keys: the environment also carries passwords and switches of tests under the same prefix.
        let keys: Vec<String> = match serde_json::to_value(&defaults)? {
            serde_json::Value::Object(map) => map.into_iter().map(|(key, _)| key).collect(),
            _ => Vec::new(),
        };
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        // A file that was named must be there; the one that nobody named may be.
        let unnamed = Path::new("bianfang.toml");
        let toml = match file.or(unnamed.exists().then_some(unnamed)) {
            Some(path) => Toml::string(&files::read_text(path)?),
            None => Toml::string(""),
        };
        let config: Self = Figment::from(Serialized::defaults(&defaults))
            .merge(toml)
            .merge(Env::prefixed("BIANFANG_").only(&keys))
            .merge(Serialized::defaults(flags))
            .extract()?;
        config.check()
    }

    fn check(mut self) -> Result<Self, ServerError> {
        if self.plain && !self.listen.ip().is_loopback() {
            return Err(ServerError::PlainNotLoopback(self.listen));
        }
        self.public_url = self.public_url.trim_end_matches('/').to_owned();
        self.host()?;
        self.access_minutes = self.access_minutes.clamp(1, 15);
        Ok(self)
    }

    /// The host of the public URL, without port.
    ///
    /// # Errors
    /// [`ServerError::PublicUrl`].
    pub fn host(&self) -> Result<&str, ServerError> {
        let wrong = || ServerError::PublicUrl(self.public_url.clone());
        let rest = match self.public_url.split_once("://") {
            Some(("https", rest)) => rest,
            Some(("http", rest)) if self.plain => rest,
            _ => return Err(wrong()),
        };
        let host = match rest.strip_prefix('[') {
            Some(v6) => v6.split_once(']').map(|(host, _)| host).ok_or_else(wrong)?,
            None => rest.split_once(':').map_or(rest, |(host, _)| host),
        };
        if host.is_empty() || rest.contains('/') { Err(wrong()) } else { Ok(host) }
    }

    /// Whether `init` was run here.
    #[must_use]
    pub fn is_initialized(&self) -> bool {
        !self.database_url.is_empty() || self.data_dir.join("keys").exists()
    }

    /// The database's URL, the default filled in.
    #[must_use]
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite://{}?mode=rwc", self.data_dir.join("bianfang.db").display())
        } else {
            self.database_url.clone()
        }
    }

    /// For `--print-config`: TOML, passwords as `***`.
    ///
    /// # Errors
    /// [`ServerError::Json`], never in practice.
    pub fn print(&self) -> Result<String, ServerError> {
        let shown = Self { database_url: without_password(&self.database()), ..self.clone() };
        let mut text = String::new();
        if let serde_json::Value::Object(map) = serde_json::to_value(shown)? {
            for (key, value) in map {
                text.push_str(&format!("{key} = {value}\n"));
            }
        }
        Ok(text)
    }
}

/// A URL with the password of its user, and any `password=` parameter, replaced.
fn without_password(url: &str) -> String {
    let (head, query) = url.split_once('?').map_or((url, None), |(head, query)| (head, Some(query)));
    // The last @ ends the user part: a password may hold one unescaped.
    let head = match (head.split_once("://"), head.rsplit_once('@')) {
        (Some((scheme, _)), Some((before, host))) => {
            let user = before.strip_prefix(scheme).and_then(|u| u.strip_prefix("://")).unwrap_or("");
            let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
            format!("{scheme}://{user}@{host}")
        }
        _ => head.to_owned(),
    };
    let Some(query) = query else { return head };
    let shown: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((key, _)) if key.contains("password") || key == "key" => format!("{key}=***"),
            _ => pair.to_owned(),
        })
        .collect();
    format!("{head}?{}", shown.join("&"))
}
