//! The rules of the field, tried as phones and consoles would try them: by ops, from several installations, in every order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // tests assert bluntly

mod contacts;
mod county;
mod coverage;
mod documents;
mod id_numbers;
mod letters;
mod masks;
mod names;
mod one_file;
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
mod shared_data;
mod tasks;
mod times;
mod wire;
