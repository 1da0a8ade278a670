//! `GET /api/v1/plaques/requests/{id}`: below it what is printed of one request.

pub mod form;
