//! bianfang-phone.
