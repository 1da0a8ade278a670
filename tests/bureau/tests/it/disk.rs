//! Disks and folders: a full disk is full, a copy is a copy.

use std::fs;
use std::io::ErrorKind;

use bianfang_bureau::disk::Disk;
use bianfang_bureau::folder;

#[test]
fn a_small_disk_is_full_and_has_room_again() {
    let dir = tempfile::tempdir().unwrap();
    let disk = match Disk::of(2, &dir.path().join("disk")) {
        Ok(disk) => disk,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::PermissionDenied);
            eprintln!("未测：不能挂载 / not run, mounting is not allowed here: {error}");
            return;
        }
    };
    disk.fill().unwrap();
    let file = disk.path().join("visit");
    let full = fs::write(&file, [1; 100_000]).unwrap_err();
    assert_eq!(full.kind(), ErrorKind::StorageFull);
    disk.make_room().unwrap();
    fs::write(&file, [1; 100_000]).unwrap();
    drop(disk);
    assert!(!file.exists(), "gone with everything on it");
}

#[test]
fn a_folder_is_copied_whole_and_put_back() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, copy) = (dir.path().join("phone"), dir.path().join("copy"));
    fs::create_dir_all(folder.join("photos")).unwrap();
    fs::write(folder.join("photos").join("a"), "one").unwrap();
    folder::copy(&folder, &copy).unwrap();
    fs::write(folder.join("photos").join("a"), "two").unwrap();
    fs::write(folder.join("later"), "x").unwrap();
    assert_eq!(fs::read_to_string(copy.join("photos").join("a")).unwrap(), "one");
    folder::put_back(&folder, &copy).unwrap();
    assert_eq!(fs::read_to_string(folder.join("photos").join("a")).unwrap(), "one");
    assert!(!folder.join("later").exists());
    assert!(folder::copy(&folder, &copy).is_err(), "never into one that is there");
}
