//! A console session over HTTPS, trusting the county's own root alone.

use std::path::Path;
use std::sync::Arc;

use reqwest::{Client, Method, Response};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};

use crate::E2eError;

/// A client of the server, signed in or not.
#[derive(Clone)]
pub struct Console {
    client: Client,
    url: String,
    access: Option<String>,
}

/// An HTTP client that trusts the root in the file `ca` alone.
pub(crate) fn client(ca: &Path) -> Result<Client, E2eError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    let pem = CertificateDer::from_pem_slice(&std::fs::read(ca)?);
    roots.add(pem.map_err(|error| std::io::Error::other(error.to_string()))?)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder().tls_backend_preconfigured(config).no_proxy().build()?)
}

impl Console {
    /// A client that trusts the root in the file `ca`.
    ///
    /// # Errors
    /// [`E2eError::Tls`], [`E2eError::Io`].
    pub fn new(url: &str, ca: &Path) -> Result<Self, E2eError> {
        Ok(Self { client: client(ca)?, url: url.to_owned(), access: None })
    }

    /// Signs in; the same client with a token.
    ///
    /// # Errors
    /// [`E2eError::Status`] for a wrong password.
    pub async fn sign_in(mut self, login: &str, password: &str) -> Result<Self, E2eError> {
        let session = self.post("/api/v1/session", &json!({ "login": login, "password": password })).await?;
        self.access = session.get("access").and_then(Value::as_str).map(str::to_owned);
        Ok(self)
    }

    /// The same client with this token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.access = Some(token.to_owned());
        self
    }

    /// GET, the answer's JSON.
    ///
    /// # Errors
    /// [`E2eError::Status`], [`E2eError::Network`].
    pub async fn get(&self, path: &str) -> Result<Value, E2eError> {
        read(path, self.ask(Method::GET, path, Vec::new(), &[]).await?).await
    }

    /// POST of JSON, the answer's JSON.
    ///
    /// # Errors
    /// [`E2eError::Status`], [`E2eError::Network`].
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, E2eError> {
        let json = [("content-type", "application/json".to_owned())];
        read(path, self.ask(Method::POST, path, serde_json::to_vec(body)?, &json).await?).await
    }

    /// Writes one op as the console does; the record's id. `key` makes it once, whoever asks again. A change says as `base`
    /// which revision it saw.
    ///
    /// # Errors
    /// [`E2eError::Status`] for what the rules refuse, [`E2eError::Network`].
    pub async fn write(&self, key: &str, op: &Value) -> Result<String, E2eError> {
        let path = "/api/v1/records";
        let mut headers = vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
        headers.extend(op.get("base").map(|base| ("if-match", format!("\"{base}\""))));
        let written = read(path, self.ask(Method::POST, path, serde_json::to_vec(op)?, &headers).await?).await?;
        Ok(written.get("target").and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    /// Sends a file to be imported; the import with what it would change.
    ///
    /// # Errors
    /// [`E2eError::Status`] for a file that is no sheet, [`E2eError::Network`].
    pub async fn send_sheet(&self, ledger: &str, name: &str, bytes: Vec<u8>) -> Result<Value, E2eError> {
        let path = format!("/api/v1/imports?ledger={ledger}&name={name}&assume=usual");
        read(&path, self.ask(Method::POST, &path, bytes, &[]).await?).await
    }

    /// Any request; the answer as it is.
    ///
    /// # Errors
    /// [`E2eError::Network`].
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        headers: &[(&'static str, String)],
    ) -> Result<Response, E2eError> {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        if let Some(access) = &self.access {
            request = request.bearer_auth(access);
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        Ok(request.send().await?)
    }
}

async fn read(path: &str, response: Response) -> Result<Value, E2eError> {
    let status = response.status();
    let body = response.text().await?;
    if status.is_success() {
        Ok(serde_json::from_str(&body)?)
    } else {
        // Without its query: it may hold names.
        let path = path.split('?').next().unwrap_or_default().to_owned();
        Err(E2eError::Status { path, status: status.as_u16(), body })
    }
}
