//! `phone`: the core at a terminal. Says only what is durable, so that a test may kill it at any moment and hold it to its word.

use std::process::ExitCode;
use std::sync::Arc;

use bianfang_client::{Host, Phone};
use bianfang_phone::{Args, Command, PhoneError, ShiftedHost, batch, call, open};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let json = args.json;
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if json => {
            eprintln!("{}", error.json());
            ExitCode::FAILURE
        }
        Err(error) => {
            let words = error.json();
            let text =
                |name: &str| words.pointer(&format!("/error/{name}")).and_then(|text| text.as_str()).unwrap_or("");
            eprintln!("phone: {} / {}", text("zh"), text("en"));
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), PhoneError> {
    let host: Arc<dyn Host> = Arc::new(ShiftedHost(args.clock_offset_ms));
    let phone = open(&args.folder, Arc::clone(&host)).await?;
    let done = work(&phone, &*host, args).await;
    // Whatever came of it: a store that is only dropped closes on threads of its own, and SQLCipher's end at the exit of the
    // process does not wait for them. Now and then the program then died by a signal instead of saying what was wrong.
    let closed = phone.close().await;
    done?;
    Ok(closed?)
}

async fn work(phone: &Phone, host: &dyn Host, args: Args) -> Result<(), PhoneError> {
    if matches!(args.command, Command::Batch) {
        return batch(phone, host).await;
    }
    let answer = call(phone, host, args.command).await?;
    if args.json {
        println!("{answer}")
    } else {
        println!("{answer:#}")
    }
    Ok(())
}
