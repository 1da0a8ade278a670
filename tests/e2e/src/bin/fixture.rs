//! A served county for tests in other languages: says in one line of JSON where it is, and ends when its standard input does.
//!
//! `{"photo", "invitations": […], "console": {"url", "ca", "login", "password"}}`: each invitation as the QR holds it, `ca` the
//! file with the server's root.

use std::error::Error;

use bianfang_county::{county, invent};
use bianfang_e2e::{Bureau, Worker};
use bianfang_photo::scene::Scene;
use serde_json::{Value, json};

/// People of the county: enough that every village of one township has some.
const PEOPLE: usize = 500;
const INVITATIONS: usize = 8;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let bureau = Bureau::at(folder.path(), None)?;
    let place = county()?;
    bureau.found(&place).await?;
    bureau.import_people(&invent(&place, PEOPLE, 1)).await?;
    let township = place.townships.first().ok_or("the county has no township")?;
    let divisions = [township.name.as_str()];
    bureau.add(&Worker { login: "worker", name: "王站长", role: "VILLAGE_WORKER", divisions: &divisions }).await?;
    let mut invitations = Vec::new();
    for _ in 0..INVITATIONS {
        invitations.push(serde_json::from_str::<Value>(&bureau.invite("worker").await?)?);
    }
    let photo = folder.path().join("door.jpg");
    std::fs::write(&photo, Scene::new(7).at(43.2, 119.0).draw()?)?;
    let serving = bureau.serve().await?;
    let console = json!({ "url": bureau.url, "ca": bureau.ca(), "login": Bureau::CLERK, "password": Bureau::PASSWORD });
    println!("{}", json!({ "photo": photo, "invitations": invitations, "console": console }));
    tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    serving.stop().await?;
    Ok(())
}
