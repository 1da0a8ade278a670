//! A box between phones and the server that opens what passes, as the proxy of a county's data centre does: it may refuse
//! methods or packed bodies. And a network that answers in the server's place, under a certificate of its own.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rcgen::{CertificateParams, Issuer, KeyPair};
use reqwest::{Client, Method};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::console::client;
use crate::{Bureau, E2eError};

/// The largest body that passes.
const MOST: usize = 64 << 20;

/// What is not let through. Empty: everything is.
#[derive(Debug, Default)]
pub struct Manners {
    /// Methods that get 405.
    pub refused: Mutex<Vec<Method>>,
    /// Bodies with Content-Encoding get 415.
    pub unpacked_only: Mutex<bool>,
    /// Requests that came, and what they were told by the box itself.
    pub told: Mutex<Vec<(Method, String, u16)>>,
}

/// A running box. Dropped, it is gone.
pub struct Gateway {
    /// How it behaves; changed while it stands.
    pub manners: Arc<Manners>,
    handle: Handle<SocketAddr>,
}

struct Passing {
    client: Client,
    upstream: String,
    manners: Arc<Manners>,
}

impl Gateway {
    /// Stands on a port before a bureau that serves elsewhere, with a certificate of the bureau's own root.
    ///
    /// # Errors
    /// [`E2eError`]: the port is taken, or the bureau was not founded.
    pub fn before(bureau: &Bureau, port: u16, upstream: &str) -> Result<Self, E2eError> {
        let pem = std::fs::read_to_string(bureau.ca())?;
        let key = std::fs::read_to_string(bureau.ca().with_extension("key"))?;
        let issuer = Issuer::from_ca_cert_pem(&pem, KeyPair::from_pem(&key).map_err(of_tls)?).map_err(of_tls)?;
        let own = KeyPair::generate().map_err(of_tls)?;
        let leaf = params()?.signed_by(&own, &issuer).map_err(of_tls)?;
        let root = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(of_tls)?;
        let manners = Arc::new(Manners::default());
        let client = client(&bureau.ca())?;
        let passing = Passing { client, upstream: upstream.to_owned(), manners: Arc::clone(&manners) };
        let router = Router::new().fallback(pass).with_state(Arc::new(passing));
        let handle = serve(port, router, (vec![leaf.der().clone(), root], &own))?;
        Ok(Self { manners, handle })
    }

    /// Answers every request itself with a page to log in, under a certificate that nobody gave it.
    ///
    /// # Errors
    /// [`E2eError`]: the port is taken.
    pub fn of_a_hotel(port: u16) -> Result<Self, E2eError> {
        let own = KeyPair::generate().map_err(of_tls)?;
        let leaf = params()?.self_signed(&own).map_err(of_tls)?;
        let page = || async { ([(header::CONTENT_TYPE, "text/html")], "<h1>欢迎入住，请登录上网</h1>") };
        let handle = serve(port, Router::new().fallback(page), (vec![leaf.der().clone()], &own))?;
        Ok(Self { manners: Arc::default(), handle })
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

fn of_tls(error: impl std::fmt::Display) -> E2eError {
    std::io::Error::other(error.to_string()).into()
}

fn params() -> Result<CertificateParams, E2eError> {
    CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).map_err(of_tls)
}

fn serve(
    port: u16,
    router: Router,
    (chain, key): (Vec<CertificateDer<'static>>, &KeyPair),
) -> Result<Handle<SocketAddr>, E2eError> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    let server = axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(Arc::new(config)))?;
    tokio::spawn(server.handle(handle.clone()).serve(router.into_make_service()));
    Ok(handle)
}

async fn pass(State(passing): State<Arc<Passing>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let manners = &passing.manners;
    let refused = lock(&manners.refused).contains(&parts.method);
    let packed = parts.headers.contains_key(header::CONTENT_ENCODING) && *lock(&manners.unpacked_only);
    let own = match (refused, packed) {
        (true, _) => Some(StatusCode::METHOD_NOT_ALLOWED),
        (_, true) => Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        _ => None,
    };
    if let Some(status) = own {
        lock(&manners.told).push((parts.method, parts.uri.to_string(), status.as_u16()));
        return (status, "this method or coding is not allowed here").into_response();
    }
    let Ok(bytes) = to_bytes(body, MOST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let mut headers = parts.headers;
    headers.remove(header::HOST);
    let sent = passing.client.request(parts.method, format!("{}{}", passing.upstream, parts.uri)).headers(headers);
    let Ok(answer) = sent.body(bytes).send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let status = answer.status();
    let headers = answer.headers().clone();
    let Ok(bytes) = answer.bytes().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    // The client has unpacked the body already.
    let of_the_hop: [HeaderName; 3] = [header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::CONTENT_ENCODING];
    for (name, value) in &headers {
        if !of_the_hop.contains(name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    response
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
