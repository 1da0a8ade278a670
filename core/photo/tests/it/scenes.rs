//! The invented photos that the demo and other crates' tests rely on.

use bianfang_photo::scene::Scene;

use crate::files::{Pixels, process_bytes};

#[test]
fn same_seed_draws_the_same_file_and_another_seed_another() {
    let draw = |seed| Scene::new(seed).sized(400, 300).draw().unwrap();
    assert_eq!(draw(11), draw(11));
    assert_ne!(draw(11), draw(12));
}

#[test]
fn scene_of_phone_size_becomes_a_full_copy_with_its_facts() {
    let file = Scene::new(3).sized(4032, 3024).at(42.2663, 119.0157).draw().unwrap();
    let evidence = process_bytes(&file).unwrap();
    let copy = evidence.copy.unwrap();
    assert_eq!((copy.size.width, copy.size.height), (2016, 1512));
    assert_eq!(evidence.facts.camera.as_deref(), Some("Bianfang Scene"));
    assert!(evidence.facts.position.is_some());
}

#[test]
fn plaque_is_golden_and_hangs_only_where_asked() {
    let golden = |plaque| {
        let file = Scene { plaque, ..Scene::new(3).sized(400, 300) }.draw().unwrap();
        let pixels = Pixels::of(&process_bytes(&file).unwrap().copy.unwrap());
        let is_golden = |[red, green, blue]: [u8; 3]| red > 195 && green > 145 && blue < 125 && red - blue > 90;
        (260..400).flat_map(|x| (120..190).map(move |y| (x, y))).filter(|(x, y)| is_golden(pixels.at(*x, *y))).count()
    };
    assert!(golden(true) > 500, "{}", golden(true));
    assert!(golden(false) < 50, "{}", golden(false));
}

#[test]
fn scene_without_width_is_an_error() {
    assert_eq!(Scene::new(1).sized(0, 300).draw().unwrap_err().code(), "photo_failed");
}
