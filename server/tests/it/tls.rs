//! A real handshake by a phone that trusts the pinned CA and nothing else.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use axum_server::Handle;
use bianfang_server::http::serve;
use bianfang_server::pki;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use crate::world::{START_MS, World};

/// Asks for /health over TLS. Gives the answer and the certificates that the server sent.
fn ask(address: SocketAddr, name: &str, root: &CertificateDer<'static>) -> std::io::Result<(String, Vec<Vec<u8>>)> {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut tls = ClientConnection::new(Arc::new(config), ServerName::try_from(name.to_owned()).unwrap()).unwrap();
    let mut tcp = TcpStream::connect(address)?;
    let mut stream = Stream::new(&mut tls, &mut tcp);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let sent = tls.peer_certificates().unwrap().iter().map(|cert| cert.to_vec()).collect();
    Ok((answer, sent))
}

fn root(world: &World) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(&std::fs::read(world.app.config.data_dir.join("pki/ca.pem")).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_pins_the_ca_is_served_and_no_other_ca_is_trusted() {
    let world = World::sqlite().await;
    let other = World::sqlite().await;
    let data_dir = &world.app.config.data_dir;
    let tls = pki::tls(data_dir, "server.example", START_MS).unwrap();
    let listener = serve::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = listener.local_addr().unwrap();
    let handle = Handle::new();
    let server = tokio::spawn(serve::run(world.router.clone(), listener, Some(tls), handle.clone()));

    let (pinned, foreign) = (root(&world), root(&other));
    let fingerprint = pki::fingerprint(data_dir).unwrap();
    tokio::task::spawn_blocking(move || {
        for name in ["server.example", "localhost", "127.0.0.1"] {
            let (answer, sent) = ask(address, name, &pinned).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok"), "{answer}");
            // The phone only knows the fingerprint: it finds the CA in what the server sends.
            assert_eq!(sent.len(), 2);
            assert_eq!(hex::encode(Sha256::digest(&sent[1])), fingerprint);
        }
        assert!(ask(address, "other.example", &pinned).is_err(), "another name");
        assert!(ask(address, "localhost", &foreign).is_err(), "another CA");
    })
    .await
    .unwrap();
    handle.graceful_shutdown(None);
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn keys_are_readable_by_their_owner_only_and_made_once() {
    let world = World::sqlite().await;
    let dir = &world.app.config.data_dir;
    let files = ["pki/ca.key", "keys/token.pem", "keys/county-150426.json", "keys/county-360722.json"];
    let before: Vec<_> = files.iter().map(|file| std::fs::read(dir.join(file)).unwrap()).collect();
    bianfang_server::commands::init::prepare(dir, START_MS + 1).unwrap();
    for (file, before) in files.iter().zip(before) {
        assert_eq!(std::fs::read(dir.join(file)).unwrap(), before, "{file}");
        #[cfg(unix)]
        {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(dir.join(file)).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
    let one = world.app.county_keys("150426").unwrap();
    let two = world.app.county_keys("360722").unwrap();
    assert!(one.index != two.index && one.rest != two.rest && one.seal_private != two.seal_private);
}
