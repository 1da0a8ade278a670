//! bianfang-ffi.
