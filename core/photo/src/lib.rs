//! bianfang-photo.
