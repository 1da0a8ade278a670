//! Every route, on one page. Who may use which stands in `http::authorize::TABLE`; a test holds the two together.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::api::v1;
use crate::http::authorize;
use crate::http::problem::{Code, HttpError};
use crate::http::{console, health, layers, ready};

#[derive(utoipa::OpenApi)]
#[openapi(info(title = "Bianfang 遍访", description = "Field visits of a county's bureau of veterans affairs"))]
struct Description;

fn list() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(health::get))
        .routes(routes!(ready::get))
        .routes(routes!(v1::openapi::get))
        .routes(routes!(v1::session::post, v1::session::delete))
        .routes(routes!(v1::enrol::post))
        .routes(routes!(v1::token::refresh::post))
        .routes(routes!(v1::me::get))
        .routes(routes!(v1::audit::get))
        .routes(routes!(v1::sync::push::post))
        .routes(routes!(v1::sync::pull::get))
        .routes(routes!(v1::blobs::post))
        .routes(routes!(
            v1::blobs::sha256::put,
            v1::blobs::sha256::patch,
            v1::blobs::sha256::head,
            v1::blobs::sha256::get
        ))
        .routes(routes!(v1::blobs::sha256::thumbnail::get))
        .routes(routes!(v1::records::post))
        .routes(routes!(v1::records::history::get))
        .routes(routes!(v1::imports::post, v1::imports::get))
        .routes(routes!(v1::imports::id::get))
        .routes(routes!(v1::imports::id::decisions::post))
        .routes(routes!(v1::imports::id::decisions::doubt::post))
        .routes(routes!(v1::imports::id::assumptions::post))
        .routes(routes!(v1::imports::id::apply::post))
        .routes(routes!(v1::imports::id::undo::post))
        .routes(routes!(v1::imports::id::marked::post))
        .routes(routes!(v1::imports::id::codes::post))
        .routes(routes!(v1::import_mappings::ledger::get, v1::import_mappings::ledger::put))
        .routes(routes!(v1::import_mappings::ledger::columns::post))
        .routes(routes!(v1::cases::get))
        .routes(routes!(v1::holding::get))
        .routes(routes!(v1::review::get))
        .routes(routes!(v1::review::id::post))
        .routes(routes!(v1::codes::get))
        .routes(routes!(v1::fields::get))
        .routes(routes!(v1::codes::table::put))
        .routes(routes!(v1::rules::get))
        .routes(routes!(v1::rules::name::get, v1::rules::name::put))
        .routes(routes!(v1::due::get))
        .routes(routes!(v1::coverage::get))
        .routes(routes!(v1::coverage::people::get))
        .routes(routes!(v1::coverage::behind::get))
        .routes(routes!(v1::people::get))
        .routes(routes!(v1::people::id::get))
        .routes(routes!(v1::people::id::alike::get))
        .routes(routes!(v1::people::id::reveal::post))
        .routes(routes!(v1::households::id::get))
        .routes(routes!(v1::households::id::acts::post))
        .routes(routes!(v1::contacts::id::acts::post))
        .routes(routes!(v1::divisions::get))
        .routes(routes!(v1::exports::post))
        .routes(routes!(v1::plaques::get))
        .routes(routes!(v1::plaques::id::get))
        .routes(routes!(v1::plaques::stock::get))
        .routes(routes!(v1::plaques::figures::get))
        .routes(routes!(v1::plaques::requests::get))
        .routes(routes!(v1::plaques::requests::id::get))
        .routes(routes!(v1::plaques::requests::id::form::get))
        .routes(routes!(v1::letters::get))
        .routes(routes!(v1::letters::id::get))
        .routes(routes!(v1::letters::figures::get))
        .routes(routes!(v1::basis_persons::get))
        .routes(routes!(v1::basis_persons::id::get))
        .routes(routes!(v1::needs::get))
        .routes(routes!(v1::needs::id::get))
        .routes(routes!(v1::needs::id::post))
        .routes(routes!(v1::suggestions::get))
        .routes(routes!(v1::suggestions::id::get))
        .routes(routes!(v1::units::get))
        .routes(routes!(v1::units::id::get))
}

/// The description of every route.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut described = list().into_openapi();
    for (path, item) in &mut described.paths.paths {
        let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        for (method, operation) in [
            ("get", &mut item.get),
            ("head", &mut item.head),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ] {
            // Handlers are called `get` and `post`, but generators of clients want each name once.
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}{name}"));
            }
        }
    }
    described
}

/// The server's router, guarded and wrapped. Tests call it in process.
pub fn router(app: Arc<App>) -> Router {
    let (router, _) = list().split_for_parts();
    let router = router
        .route_layer(from_fn_with_state(app.clone(), authorize::guard))
        .fallback(console::get)
        .method_not_allowed_fallback(async || HttpError::Known(Code::MethodNotAllowed))
        .with_state(app.clone());
    layers::wrap(router, &app)
}
