//! Listening: HTTPS with the county's own certificate, or plain HTTP on a loopback address.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;

use crate::ServerError;

/// How long running requests may take to end after the signal.
const DRAIN: Duration = Duration::from_secs(20);
/// A TLS handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Binds, so that the port is known before anything is served.
///
/// # Errors
/// [`ServerError::Network`].
pub fn bind(address: SocketAddr) -> Result<TcpListener, ServerError> {
    let listener = TcpListener::bind(address).map_err(ServerError::Network)?;
    listener.set_nonblocking(true).map_err(ServerError::Network)?;
    Ok(listener)
}

/// Serves until `handle` is told to shut down. Without `tls` it serves plain HTTP.
///
/// # Errors
/// [`ServerError::PlainNotLoopback`], [`ServerError::Network`].
pub async fn run(
    router: Router,
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    handle: Handle<SocketAddr>,
) -> Result<(), ServerError> {
    let service = router.into_make_service();
    match tls {
        Some(tls) => {
            let config = RustlsConfig::from_config(tls);
            let server = axum_server::from_tcp_rustls(listener, config).map_err(ServerError::Network)?;
            server.map(|acceptor| acceptor.handshake_timeout(HANDSHAKE)).handle(handle).serve(service).await
        }
        None => {
            let address = listener.local_addr().map_err(ServerError::Network)?;
            if !address.ip().is_loopback() {
                return Err(ServerError::PlainNotLoopback(address));
            }
            axum_server::from_tcp(listener).map_err(ServerError::Network)?.handle(handle).serve(service).await
        }
    }
    .map_err(ServerError::Network)
}

/// Waits for Ctrl-C or a termination signal, then lets running requests end.
pub async fn shutdown_on_signal(handle: Handle<SocketAddr>) {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminated => {}
    }
    tracing::info!("shutting down");
    handle.graceful_shutdown(Some(DRAIN));
}
