//! bianfang-sync.
