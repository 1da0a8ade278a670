//! `serve`: the server, until a signal ends it.

use std::sync::Arc;

use axum_server::Handle;

use crate::app::App;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::http::{routes, serve};
use crate::{ServerError, pki};

/// Serves. `listening` is called with the address once the port is bound.
///
/// # Errors
/// [`ServerError::NotInitialized`], [`ServerError::Network`], and what opening the database gives.
pub async fn serve(
    config: Config,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    listening: impl FnOnce(&Config, std::net::SocketAddr),
) -> Result<(), ServerError> {
    let now_ms = clock.now_ms();
    let tls = if config.plain { None } else { Some(pki::tls(&config.data_dir, config.host()?, now_ms)?) };
    let db = crate::records::open(&config.database(), now_ms).await?;
    let served = async {
        let listener = serve::bind(config.listen)?;
        listening(&config, listener.local_addr().map_err(ServerError::Network)?);
        let app = App::new(config, db.clone(), clock, random)?;
        let handle = Handle::new();
        tokio::spawn(serve::shutdown_on_signal(handle.clone()));
        serve::run(routes::router(app), listener, tls, handle).await
    }
    .await;
    db.close().await;
    served
}
