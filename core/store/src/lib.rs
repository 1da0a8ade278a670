//! bianfang-store.
