//! The rules of the field, tried as phones and consoles would try them: by ops, from several installations, in every order.

mod county;
mod id_numbers;
mod names;
mod times;
