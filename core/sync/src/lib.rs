//! Synchronization of a phone with its county's server. The engine is pure: it says what to send and what to keep, and is
//! told what came back; so a simulation can drive it fast, and an operating system may own a transfer. Around it stand a
//! driver ([`run`]) and a thin HTTPS shell ([`http`]) that trusts one root and no other.

pub mod engine;
mod enrol;
pub mod error;
pub mod http;
pub mod local;
mod photo;
mod pin;
mod pull;
mod push;
pub mod run;
pub mod wire;

pub use engine::{Engine, Next, SessionProgress, SessionStage, Summary, WaitReason};
pub use enrol::enrol;
pub use error::{SyncError, SyncFault};
pub use http::{Https, ReadClock};
pub use local::{Keep, Local, MeasuredClock, Owed, Session, StoreAsk, StoreSays};
pub use run::{Cancel, Ended, synchronize};
pub use wire::{Body, HttpMethod, NetworkError, Request, Response, RoundTrip, Transport};
