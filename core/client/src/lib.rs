//! bianfang-client.
