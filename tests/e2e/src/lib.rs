//! bianfang-e2e.
