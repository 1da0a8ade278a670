//! bianfang-domain.
