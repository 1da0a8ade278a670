//! bianfang-server.
