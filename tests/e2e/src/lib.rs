//! A bureau of one's own for whole-system tests and the demo: the real server program with a county of invented people,
//! driven through its command line and over HTTPS, beside phones that run the real core.

mod bureau;
mod console;
mod error;
mod gateway;
mod program;
mod serving;

pub use bureau::{Bureau, Worker, free_port};
pub use console::Console;
pub use error::E2eError;
pub use gateway::{Gateway, Manners};
pub use program::program;
pub use serving::Serving;
