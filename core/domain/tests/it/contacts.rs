//! Contacts: what is held is one person's part, never the visit.
