//! Roles as the database and the command line write them. What a role may do stands in `bianfang_domain::actor`.

use bianfang_domain::actor::{Right, Role};

/// Every role.
pub const ALL: [Role; 7] = [
    Role::VillageWorker,
    Role::TownReviewer,
    Role::SectionClerk,
    Role::Leader,
    Role::SysAdmin,
    Role::SecAdmin,
    Role::Auditor,
];

/// The role's code, the same as on the wire.
#[must_use]
pub fn code(role: Role) -> &'static str {
    match role {
        Role::VillageWorker => "VILLAGE_WORKER",
        Role::TownReviewer => "TOWN_REVIEWER",
        Role::SectionClerk => "SECTION_CLERK",
        Role::Leader => "LEADER",
        Role::SysAdmin => "SYS_ADMIN",
        Role::SecAdmin => "SEC_ADMIN",
        Role::Auditor => "AUDITOR",
        // No account has it: it is in no list of roles.
        Role::Other => "OTHER",
    }
}

const RIGHTS: [(Right, &str); 11] = [
    (Right::Record, "RECORD"),
    (Right::Review, "REVIEW"),
    (Right::County, "COUNTY"),
    (Right::Read, "READ"),
    (Right::Phones, "PHONES"),
    (Right::Restricted, "RESTRICTED"),
    (Right::Reveal, "REVEAL"),
    (Right::ExportFull, "EXPORT_FULL"),
    (Right::Import, "IMPORT"),
    (Right::Accounts, "ACCOUNTS"),
    (Right::Audit, "AUDIT"),
];

/// What a role may, for a console that offers only what will not be refused.
#[must_use]
pub fn rights(role: Role) -> Vec<&'static str> {
    RIGHTS.iter().filter(|(right, _)| role.may(*right)).map(|(_, code)| *code).collect()
}

/// The role of a code.
#[must_use]
pub fn parse(text: &str) -> Option<Role> {
    ALL.into_iter().find(|role| code(*role) == text)
}
