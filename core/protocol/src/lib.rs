//! bianfang-protocol.
