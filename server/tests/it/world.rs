//! A server without a network: two counties, one account of each role in both, a clock that stands still.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::response::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use bianfang_domain::actor::Role;
use bianfang_domain::id::{InstallationId, RecordId};
use bianfang_server::app::App;
use bianfang_server::auth::enrol;
use bianfang_server::auth::password::Passwords;
use bianfang_server::clock::{Clock, Random, new_uuid};
use bianfang_server::commands::init::{self, NewCounty};
use bianfang_server::config::Config;
use bianfang_server::db::account::{self, Account};
use bianfang_server::db::installation::{self, Installation, InstallationKind};
use bianfang_server::http::routes;
use bianfang_server::role;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

use crate::postgres;

pub const COUNTIES: [&str; 2] = ["150426", "360722"];
pub const PASSWORD: &str = "correct-horse-7";
pub const START_MS: i64 = 1_795_000_000_000;

/// A clock that moves when told.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Repeatable bytes.
pub struct TestRandom(Mutex<StdRng>);

impl TestRandom {
    pub fn new() -> Self {
        static SEED: AtomicU64 = AtomicU64::new(1);
        Self(Mutex::new(StdRng::seed_from_u64(SEED.fetch_add(1, Ordering::SeqCst))))
    }
}

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap().fill_bytes(bytes);
    }
}

pub struct World {
    pub app: Arc<App>,
    pub router: Router,
    pub clock: Arc<TestClock>,
    _dir: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// The stable code of a problem, after checking that it is a whole one.
    pub fn code(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["request_id"], self.headers["x-request-id"].to_str().unwrap());
        assert!(problem["title"].as_str().unwrap().chars().any(|c| c > '\u{4e00}'), "Chinese first");
        problem["code"].as_str().unwrap().to_owned()
    }
}

/// The id of a role's account: the same in both counties.
pub fn account_id(of: Role) -> Uuid {
    Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 + role::ALL.iter().position(|r| *r == of).unwrap() as u128,
    )
}

pub fn scope_of(county: &str) -> Vec<RecordId> {
    vec![RecordId(Uuid::from_u128(county.parse().unwrap()))]
}

async fn password_hash() -> String {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let made = HASH.get_or_init(|| async { Passwords::new().hash(PASSWORD, &TestRandom::new()).await.unwrap() });
    made.await.clone()
}

impl World {
    pub async fn sqlite() -> Self {
        Self::new(String::new(), |_| {}).await
    }

    /// On a database of its own in the cluster of this test run; `None` when the run was told to do without.
    pub async fn postgres() -> Option<Self> {
        Some(Self::new(postgres::new_database().await?, |_| {}).await)
    }

    pub async fn new(database_url: String, change: impl FnOnce(&mut Config)) -> Self {
        let dir = TempDir::new().unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(START_MS)));
        let random = Arc::new(TestRandom::new());
        let mut config = Config { data_dir: dir.path().join("data"), database_url, ..Config::default() };
        change(&mut config);
        init::prepare(&config.data_dir, START_MS).unwrap();
        let db = bianfang_server::records::open(&config.database(), START_MS).await.unwrap();
        let hash = password_hash().await;
        for code in COUNTIES {
            let new = NewCounty { code, name: &format!("县{code}") };
            let seams: (&dyn Clock, &dyn Random) = (&*clock, &*random);
            init::init(&config.data_dir, &db, seams, &new, ("admin", "管理员", PASSWORD)).await.unwrap();
            let mut write = db.begin(code, START_MS).await.unwrap();
            for of in role::ALL {
                let account = Account {
                    id: account_id(of),
                    login: role::code(of).to_lowercase(),
                    name: format!("{code} {}", role::code(of)),
                    role: of,
                    scope: scope_of(code),
                    password_hash: hash.clone(),
                    active: true,
                    failed_count: 0,
                    locked_until_ms: 0,
                };
                account::insert(write.conn(), code, &account, START_MS).await.unwrap();
            }
            write.commit().await.unwrap();
        }
        let app = App::new(config, db, clock.clone(), random).unwrap();
        Self { router: routes::router(app.clone()), app, clock, _dir: dir }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, bytes) = self.bytes(request).await;
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn bytes(&self, request: Request<Body>) -> (Parts, Vec<u8>) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn sign_in(&self, county: &str, login: &str, password: &str) -> Answer {
        self.post("/api/v1/session", &json!({ "county": county, "login": login, "password": password })).await
    }

    /// A one-time code for a role's account.
    pub async fn code(&self, county: &str, of: Role) -> String {
        let mut write = self.app.db.begin(county, self.app.now_ms()).await.unwrap();
        let code = enrol::new_code(&mut write, account_id(of), 72, "system", &*self.app.random).await.unwrap();
        write.commit().await.unwrap();
        code
    }

    pub async fn enrol(&self, code: &str, installation: InstallationId) -> Answer {
        let body = json!({ "code": code, "installation": installation, "model": "Redmi Note 9", "platform": "test" });
        self.post("/api/v1/enrol", &body).await
    }

    pub async fn refresh(&self, token: &str) -> Answer {
        self.post("/api/v1/token/refresh", &json!({ "refresh": token })).await
    }

    pub fn new_id(&self) -> Uuid {
        new_uuid(self.app.now_ms(), &*self.app.random)
    }

    /// An access token for a role, on an installation of its own.
    pub async fn token(&self, county: &str, of: Role) -> String {
        let (id, account) = (self.new_id(), account_id(of));
        let mut write = self.app.db.begin(county, self.app.now_ms()).await.unwrap();
        let new = Installation { id, account, kind: InstallationKind::Console, model: "", platform: "test" };
        assert!(installation::insert(write.conn(), county, &new, START_MS).await.unwrap());
        write.commit().await.unwrap();
        self.app.tokens.issue(county, (account, id), (self.app.now_ms(), 15), &*self.app.random).unwrap().0
    }
}

/// Runs a test on both databases.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::world::World::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(world) = $crate::world::World::postgres().await {
                    super::$name(world).await;
                }
            }
        }
    )* };
}
