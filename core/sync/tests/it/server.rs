//! A real HTTPS server in front of the county's model, with a root of its own; and the phone's model as a store.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request as AxumRequest, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as AxumResponse};
use axum_server::tls_rustls::RustlsConfig;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Op;
use bianfang_protocol::pull::Check;
use bianfang_sync::{Body, HttpMethod, Keep, Local, Owed, Request, Session, StoreAsk, StoreSays};
use bytes::Bytes;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use sha2::{Digest, Sha256};

use crate::world::{County, Phone};

/// A root and one certificate under it.
pub struct Identity {
    pub fingerprint: String,
    pub chain: Vec<Vec<u8>>,
    pub key: KeyPair,
}

/// `host` is what the certificate speaks for, `ends` the year it ends.
pub fn identity(host: &str, ends: i32) -> Identity {
    let root_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "test county");
    let root = params.self_signed(&root_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![host.to_owned()]).unwrap();
    leaf.not_before = date_time_ymd(2020, 1, 1);
    leaf.not_after = date_time_ymd(ends, 1, 1);
    let leaf = leaf.signed_by(&key, &Issuer::new(params, &root_key)).unwrap();
    let fingerprint = hex::encode(Sha256::digest(root.der()));
    Identity { fingerprint, chain: vec![leaf.der().to_vec(), root.der().to_vec()], key }
}

/// Serves `router` as `identity`; the listener is bound before this returns.
pub fn serve(identity: &Identity, router: Router) -> SocketAddr {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = identity.chain.iter().map(|der| der.clone().into()).collect();
    let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let config = RustlsConfig::from_config(Arc::new(config));
    let server = axum_server::from_tcp_rustls(listener, config).unwrap();
    tokio::spawn(server.serve(router.into_make_service()));
    address
}

pub fn county_router(county: Arc<Mutex<County>>) -> Router {
    Router::new().fallback(handle).with_state(county)
}

async fn handle(State(county): State<Arc<Mutex<County>>>, asked: AxumRequest) -> AxumResponse {
    let (parts, body) = asked.into_parts();
    let method = match parts.method.as_str() {
        "GET" => HttpMethod::Get,
        "HEAD" => HttpMethod::Head,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        _ => HttpMethod::Patch,
    };
    let names = ["authorization", "upload-offset", "upload-complete", "bianfang-protocol"];
    let value = |name: &str| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
    let headers = names.into_iter().filter_map(|name| Some((name, value(name)?))).collect();
    let path = parts.uri.path_and_query().unwrap().to_string();
    let mut bytes = to_bytes(body, 8 << 20).await.unwrap();
    if parts.headers.get("content-encoding").is_some_and(|coding| coding == "zstd") {
        bytes = zstd::bulk::decompress(&bytes, 8 << 20).unwrap().into();
        county.lock().unwrap().packed += 1;
    }
    let request = Request { number: 0, method, path, headers, body: Body::Empty };
    let answer = county.lock().unwrap().serve(&request, &bytes);
    let mut response = (StatusCode::from_u16(answer.status).unwrap(), answer.body).into_response();
    for (name, value) in &answer.headers {
        let name: axum::http::HeaderName = name.parse().unwrap();
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

/// The phone's model behind the trait.
pub struct Store(pub Mutex<Phone>);

impl Store {
    fn told(&self, ask: StoreAsk) -> Option<StoreSays> {
        self.0.lock().unwrap().ask(ask)
    }
}

impl Local for Store {
    type Error = Infallible;

    async fn session(&self) -> Result<Session, Infallible> {
        let Some(StoreSays::Session(session)) = self.told(StoreAsk::Session) else { unreachable!() };
        Ok(session)
    }

    async fn pending(&self, limit: usize) -> Result<Vec<Op>, Infallible> {
        let Some(StoreSays::Ops(ops)) = self.told(StoreAsk::Pending { limit }) else { unreachable!() };
        Ok(ops)
    }

    async fn owed(&self) -> Result<Vec<Owed>, Infallible> {
        let Some(StoreSays::Owed(owed)) = self.told(StoreAsk::Owed) else { unreachable!() };
        Ok(owed)
    }

    async fn piece(&self, sha256: &str, offset: u64, length: u64) -> Result<Bytes, Infallible> {
        Ok(self.0.lock().unwrap().piece(sha256, offset, length).unwrap_or_default())
    }

    async fn keep(&self, write: Keep) -> Result<(), Infallible> {
        self.told(StoreAsk::Keep(write));
        Ok(())
    }

    async fn compare(&self, checks: &BTreeMap<RecordId, Check>) -> Result<Vec<RecordId>, Infallible> {
        let Some(StoreSays::Differ(divisions)) = self.told(StoreAsk::Compare(checks.clone())) else { unreachable!() };
        Ok(divisions)
    }
}
