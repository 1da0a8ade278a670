//! Townships and villages of the county that the demo plays in (`data/150426.csv`; its licence is beside it).

const PLACES: &str = include_str!("../data/150426.csv");

/// The data file has a line that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlacesError {
    /// Not a line of code, level, name, parent.
    #[error("the place data cannot be read")]
    Csv(#[from] csv::Error),
    /// A village before its township, or no county.
    #[error("place {code} has no parent before it")]
    Orphan {
        /// Its code.
        code: String,
    },
}

/// The county.
#[derive(Debug, Clone)]
pub struct County {
    /// GB/T 2260, six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// In the order of their codes.
    pub townships: Vec<Township>,
}

/// A township.
#[derive(Debug, Clone)]
pub struct Township {
    /// Nine digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// In the order of their codes.
    pub villages: Vec<Village>,
}

/// A village or community.
#[derive(Debug, Clone)]
pub struct Village {
    /// Twelve digits.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Reads the county.
///
/// # Errors
/// [`PlacesError`] when the file shipped with the program is damaged.
pub fn county() -> Result<County, PlacesError> {
    let mut county = None;
    let mut townships: Vec<Township> = Vec::new();
    for line in csv::Reader::from_reader(PLACES.as_bytes()).deserialize() {
        let (code, level, name, parent): (String, String, String, String) = line?;
        match level.as_str() {
            "COUNTY" => county = Some((code, name)),
            "TOWNSHIP" => townships.push(Township { code, name, villages: Vec::new() }),
            _ => match townships.iter_mut().find(|township| township.code == parent) {
                Some(township) => township.villages.push(Village { code, name }),
                None => return Err(PlacesError::Orphan { code }),
            },
        }
    }
    let (code, name) = county.ok_or_else(|| PlacesError::Orphan { code: String::new() })?;
    Ok(County { code, name, townships })
}
