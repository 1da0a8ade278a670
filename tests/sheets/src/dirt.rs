//! Every kind of dirt such sheets bring (product.md, "Sheets as they come"), each to be had alone.

/// A kind of dirt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dirt {
    /// A title over all columns and a line with who fills in and when.
    Title,
    /// A header of two rows: groups above, merged.
    TwoRowHeader,
    /// Other usual names of the columns: 身份证号 for 身份证号码.
    Synonyms,
    /// Columns in another order.
    ShuffledColumns,
    /// Columns nobody has a meaning for.
    UnknownColumns,
    /// Township and village in merged cells.
    MergedPlaces,
    /// 同上 and 〃.
    SameAsAbove,
    /// 小计 after each township (or at the end), 合计 at the end.
    Totals,
    /// Rows hidden by hand or by a filter.
    HiddenRows,
    /// Empty rows between.
    BlankRows,
    /// The id number as a number cell: its last three digits are 000.
    IdRounded,
    /// The id number as the text of a rounded number: 9.91234E+17.
    IdExponent,
    /// A wrong check digit.
    IdInvalid,
    /// 15 digits of an old card.
    IdOldCard,
    /// x, × or Ｘ for X.
    IdLowerX,
    /// The same person in two villages.
    IdTwice,
    /// An apostrophe before numbers.
    Apostrophe,
    /// Full-width digits and letters.
    FullWidth,
    /// Blanks inside names.
    BlankInName,
    /// •・‧． for the separator.
    SeparatorInName,
    /// A character outside the BMP in a name.
    NameBeyondBmp,
    /// A row without a name.
    NameMissing,
    /// 1985.03
    DateDots,
    /// 1985-3
    DateDashes,
    /// 1985/3/2
    DateSlashes,
    /// 198503
    DateCompact,
    /// 1985年3月
    DateChinese,
    /// 85年3月
    DateTwoDigits,
    /// 二〇二六年三月二日
    DateNumerals,
    /// A date cell.
    DateCell,
    /// The serial of a day as a plain number.
    DateSerial,
    /// 不详
    DateInvalid,
    /// The workbook counts days from 1904; brings date cells. No plain serials then: a CSV could not say their base.
    Base1904,
    /// Several phones in a cell.
    SeveralPhones,
    /// Something that is no phone.
    PhoneInvalid,
    /// The phone as a number cell, which loses nothing.
    PhoneNumber,
    /// 500元 in a column of amounts.
    MoneyText,
    /// Formulas with their values.
    Formulas,
    /// #N/A
    Errors,
    /// A column of unit designations, and remarks that hold one. All invented.
    MilitaryUnits,
    /// Somebody who died is still listed, and the remark says so.
    Deceased,
    /// A line break inside a cell.
    LineBreaks,
}

impl Dirt {
    /// Every kind.
    pub const ALL: [Dirt; 42] = [
        Self::Title,
        Self::TwoRowHeader,
        Self::Synonyms,
        Self::ShuffledColumns,
        Self::UnknownColumns,
        Self::MergedPlaces,
        Self::SameAsAbove,
        Self::Totals,
        Self::HiddenRows,
        Self::BlankRows,
        Self::IdRounded,
        Self::IdExponent,
        Self::IdInvalid,
        Self::IdOldCard,
        Self::IdLowerX,
        Self::IdTwice,
        Self::Apostrophe,
        Self::FullWidth,
        Self::BlankInName,
        Self::SeparatorInName,
        Self::NameBeyondBmp,
        Self::NameMissing,
        Self::DateDots,
        Self::DateDashes,
        Self::DateSlashes,
        Self::DateCompact,
        Self::DateChinese,
        Self::DateTwoDigits,
        Self::DateNumerals,
        Self::DateCell,
        Self::DateSerial,
        Self::DateInvalid,
        Self::Base1904,
        Self::SeveralPhones,
        Self::PhoneInvalid,
        Self::PhoneNumber,
        Self::MoneyText,
        Self::Formulas,
        Self::Errors,
        Self::MilitaryUnits,
        Self::Deceased,
        Self::LineBreaks,
    ];
}
