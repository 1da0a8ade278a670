//! The console's files are embedded when they were built before. Without them the server still compiles: the folder is
//! then empty, and the server tells how to build them.

fn main() {
    let folder = std::path::Path::new("console/dist");
    // Cargo would run this script each time while the folder it watches is missing.
    if let Err(error) = std::fs::create_dir_all(folder) {
        println!("cargo::error=server/{}: {error}", folder.display());
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
}
