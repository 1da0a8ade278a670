//! The rules of the field, tried as phones and consoles would try them: by ops, from several installations, in every order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // tests assert bluntly

mod basis_persons;
mod contacts;
mod county;
mod coverage;
mod divisions;
mod documents;
mod households;
mod id_numbers;
mod letters;
mod life_cycles;
mod masks;
mod matching;
mod names;
mod one_file;
mod people;
mod phones;
mod plaque_properties;
mod plaque_requests;
mod plaque_rules;
mod plaque_stock;
mod plaque_table;
mod plaques;
mod properties;
mod proposals;
mod question_sets;
mod reviews;
mod rules;
mod same_as;
mod shared_data;
mod staff;
mod tasks;
mod times;
mod warnings;
mod wire;
