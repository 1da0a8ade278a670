//! Which household somebody belongs to whom a sheet brings: by 户号, by the head it names (户主), or by one door. The village
//! written into the column of addresses is none of them. Who claims nothing has a household of their own: a plaque, a door
//! photo and a way note hang on a household, so whoever has none could not be served at their door, while two households of
//! one family are merged (并户) in a moment and two families in one household share a plaque that only one of them gets.

use crate::id::RecordId;
use crate::name;

/// What a row says of its household. Within one village.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeClaim {
    /// 户号
    pub number: Option<String>,
    /// 户主
    pub head: Option<String>,
    /// The row is the head's own.
    pub is_head: bool,
    /// The one door of the address ([`crate::address::door`]).
    pub door: Option<String>,
}

/// A household that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeTraits {
    /// The record.
    pub id: RecordId,
    /// 户号
    pub number: Option<String>,
    /// 户主, as names are compared ([`name::matched`]).
    pub head: String,
    /// Its head is one of the people: nobody else of the name heads it.
    pub headed: bool,
    /// Its door.
    pub door: Option<String>,
}

/// Whether a word for 与户主关系 says that the row is the head's own.
#[must_use]
pub fn is_head(relation: &str) -> bool {
    matches!(relation.trim(), "HEAD" | "户主" | "本人" | "户主本人" | "本人(户主)" | "本人（户主）")
}

impl HomeClaim {
    /// Whether it says anything: else the household is a person's own.
    #[must_use]
    pub fn says(&self) -> bool {
        self.number.is_some() || self.head.is_some() || self.door.is_some()
    }

    /// The one household that is meant; None where there is none, or where nothing tells which of several.
    #[must_use]
    pub fn find<'a>(&self, homes: impl IntoIterator<Item = &'a HomeTraits>) -> Option<RecordId> {
        let head = self.head.as_deref().map(name::matched);
        let meant: Vec<&HomeTraits> = homes.into_iter().filter(|home| self.means(head.as_deref(), home)).collect();
        let only = |homes: &[&HomeTraits]| if let [one] = homes { Some(one.id) } else { None };
        let at_door = || {
            let here = meant.iter().copied().filter(|home| self.door.is_some() && home.door == self.door);
            only(&here.collect::<Vec<_>>())
        };
        only(&meant).or_else(at_door)
    }

    fn means(&self, head: Option<&str>, home: &HomeTraits) -> bool {
        if let (Some(one), Some(other)) = (&self.number, &home.number) {
            return one == other;
        }
        match head {
            Some(head) => {
                let doors = self.door.is_none() || home.door.is_none() || self.door == home.door;
                doors && head == home.head && !(self.is_head && home.headed)
            }
            // A number of which nothing is known here, and no head: the door tells, as without it.
            None => self.door.is_some() && self.door == home.door,
        }
    }
}
