//! `bench photo`: one 12-megapixel photo to evidence copy and thumbnail, beside vipsthumbnail and beside a bare full decode.
//!
//! Each candidate is a process of its own, started anew for every run, so that its peak memory is its own and the time holds
//! what a phone pays too: start, read, write. Runs take turns, so that a busy machine is busy for all.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use bianfang_photo::scene::Scene;
use bianfang_photo::{Limits, process};
use clap::Parser;
use serde_json::json;

type Failure = Box<dyn std::error::Error>;

const RUNS: usize = 7;
/// Ours in relation to the peer: at least twice as fast, and no more memory.
const TIME_GOAL: f64 = 0.5;
const PEAK_GOAL: f64 = 1.0;

#[derive(Parser)]
struct Arguments {
    /// A photo of one's own; without it a scene of 4032 × 3024 pixels is drawn.
    #[arg(long)]
    photo: Option<PathBuf>,
    /// Writes the rows as a JSON list.
    #[arg(long)]
    json: Option<PathBuf>,
    /// How the bench calls itself for one run.
    #[arg(long, hide = true)]
    child: Option<String>,
}

struct Measure {
    millis: f64,
    peak_mib: f64,
}

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    match (arguments.child.as_deref(), &arguments.photo) {
        (Some("ours"), Some(photo)) => run_ours(photo),
        (Some("bare"), Some(photo)) => run_bare(photo),
        _ => compare(&arguments),
    }
}

fn run_ours(photo: &Path) -> Result<(), Failure> {
    let evidence = process(photo, &Limits::default())?;
    let (copy, thumbnail) = evidence.copy.zip(evidence.thumbnail).ok_or("this photo has no copy")?;
    std::fs::write("ours-copy.jpg", copy.bytes)?;
    std::fs::write("ours-thumb.jpg", thumbnail.bytes)?;
    Ok(())
}

fn run_bare(photo: &Path) -> Result<(), Failure> {
    let image = turbojpeg::decompress(&std::fs::read(photo)?, turbojpeg::PixelFormat::RGB)?;
    std::hint::black_box(image.pixels.len());
    Ok(())
}

fn compare(arguments: &Arguments) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let photo = match &arguments.photo {
        Some(photo) => photo.canonicalize()?,
        None => drawn(folder.path())?,
    };
    if cfg!(debug_assertions) {
        eprintln!("This is a debug build; only `--release` figures count.");
    }
    let me = std::env::current_exe()?;
    let own = |kind: &str| {
        let mut command = Command::new(&me);
        command.arg("--child").arg(kind).arg("--photo").arg(&photo);
        command
    };
    let vips = |side: u32, quality: i32| {
        let mut command = Command::new("vipsthumbnail");
        let output = folder.path().join(format!("vips-{side}.jpg[Q={quality},strip]"));
        command.arg(&photo).args(["--size", &format!("{side}x{side}"), "--output"]).arg(output);
        command
    };
    let has_peer = Command::new("vipsthumbnail").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_peer {
        eprintln!("vipsthumbnail is not installed: no peer to compare with (Debian: libvips-tools).");
    }
    let (mut ours, mut bare, mut peer) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(measure(&mut [own("ours")], folder.path())?);
        bare.push(measure(&mut [own("bare")], folder.path())?);
        if has_peer {
            peer.push(measure(&mut [vips(2016, 80), vips(320, 75)], folder.path())?);
        }
    }
    report(arguments.json.as_deref(), &ours, &bare, &peer)
}

fn drawn(folder: &Path) -> Result<PathBuf, Failure> {
    let photo = folder.join("scene.jpg");
    let scene = Scene { quality: 95, ..Scene::new(1).sized(4032, 3024).at(42.2663, 119.0157) };
    std::fs::write(&photo, scene.draw()?)?;
    Ok(photo)
}

/// Time of the commands one after another, memory of the largest: first for the clock alone, then once more watched.
#[allow(clippy::disallowed_methods, reason = "a bench measures with the machine's clock")]
fn measure(commands: &mut [Command], folder: &Path) -> Result<Measure, Failure> {
    let start = Instant::now();
    for command in commands.iter_mut() {
        if !command.current_dir(folder).status()?.success() {
            return Err(format!("{command:?} failed").into());
        }
    }
    let millis = start.elapsed().as_secs_f64() * 1e3;
    let mut peak_mib: f64 = 0.0;
    for command in commands {
        peak_mib = peak_mib.max(watch(command)?);
    }
    Ok(Measure { millis, peak_mib })
}

/// The kernel's own high-water mark, read until the process is gone; only growth in its last half millisecond is missed.
fn watch(command: &mut Command) -> Result<f64, Failure> {
    let mut child = command.spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        peak = kib.map_or(peak, |kib| kib / 1024.0);
        sleep(Duration::from_micros(500));
    }
    Ok(peak)
}

fn report(json: Option<&Path>, ours: &[Measure], bare: &[Measure], peer: &[Measure]) -> Result<(), Failure> {
    let time = |measures: &[Measure]| middle(measures.iter().map(|measure| measure.millis).collect());
    let peak = |measures: &[Measure]| measures.iter().map(|measure| measure.peak_mib).reduce(f64::max);
    let rows = [
        ("photo.time_ms", time(ours), time(bare), time(peer), TIME_GOAL),
        ("photo.peak_mib", peak(ours), peak(bare), peak(peer), PEAK_GOAL),
    ];
    println!("{:16}{:>10}{:>10}{:>10}{:>10}{:>14}  met", "bench", "ours", "bare", "peer", "ratio", "goal");
    let mut list = Vec::new();
    for (bench, ours, bare, peer, limit) in rows {
        let ratio = ours.zip(peer).map(|(ours, peer)| ours / peer);
        let met = ratio.map(|ratio| ratio <= limit);
        let goal = format!("ratio <= {limit}");
        let (ours, bare, peer, ratio) = (round(ours), round(bare), round(peer), round(ratio));
        let show = |value: Option<f64>| value.map_or("-".into(), |value| value.to_string());
        let said = met.map_or("-", |met| if met { "yes" } else { "no" });
        println!(
            "{bench:16}{:>10}{:>10}{:>10}{:>10}{goal:>14}  {said}",
            show(ours),
            show(bare),
            show(peer),
            show(ratio)
        );
        list.push(json!({ "bench": bench, "ours": ours, "bare": bare, "peer": peer, "ratio": ratio, "goal": goal, "met": met }));
    }
    if let Some(path) = json {
        std::fs::write(path, serde_json::to_vec_pretty(&list)?)?;
    }
    Ok(())
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

fn round(value: Option<f64>) -> Option<f64> {
    value.map(|value| (value * 100.0).round() / 100.0)
}
