//! Why something was held or refused, in words a village worker understands. Codes are stable; the texts may improve.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $zh:literal, $en:literal;)*) => {
        /// A stable code with a Chinese and an English sentence that say what to do next.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum Reason {
            $($(#[$doc])* $name,)*
            /// A code of a newer version: kept, told in general words.
            #[serde(other)]
            Newer,
        }
        impl Reason {
            /// All, for documentation and tests.
            pub const ALL: &'static [Reason] = &[$(Reason::$name,)*];
            /// 中文.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* Self::Newer => "由乡镇核对（升级应用后可看到原因）。" }
            }
            /// English.
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* Self::Newer => "The township will check; update the app to see why." }
            }
        }
    };
}

impl Reason {
    /// Whether only the county may let through what is held for this reason.
    #[must_use]
    pub fn county_settles(self) -> bool {
        matches!(
            self,
            Self::OldPlaqueMissing
                | Self::ReissuedTwice
                | Self::CountyOnly
                | Self::NotRestorable
                | Self::NoRenewal
                | Self::DiedBeforeNotice
                | Self::TwoIdNumbers
        )
    }

    /// Whether what is found so is refused, be it sealed or open: it may stand in no record, not even beside a field.
    #[must_use]
    pub fn forbids(self) -> bool {
        self == Self::MilitaryUnit
    }

    /// Whether letting it through would count one thing twice: the other record is taken back instead.
    #[must_use]
    pub fn chooses(self) -> bool {
        self == Self::AlreadyDelivered
    }
}

reasons! {
    /// Unknown, not here yet, or outside the author's divisions: one answer for all three, so that nothing can be guessed.
    TargetUnknown = "对象还没有同步到本县，或不在您的辖区。记录已保存，由乡镇审核。", "The person or household is not known here or not in your divisions. Saved; the township will check.";
    /// The staff record gives the author no divisions on the day it was written.
    NotAtWork = "记录当天您不在岗，或没有管辖区划。走访等记录已保存，由乡镇审核；资料请由在岗人员修改。", "Your staff record gives you no divisions on the day this was written. Visits are saved and the township will check; data are changed by who is at work.";
    /// Invariant 2.
    AlreadyHung = "这户已经挂有光荣牌。两次记录都已保留，由乡镇核对。", "This household already has a plaque. Both records are kept; the township will check.";
    /// Invariant 3.
    OldPlaqueMissing = "更换须先交回旧牌，或由县局批准例外。", "A replacement needs the old plaque handed in, or the county's exception.";
    /// Invariant 3.
    NotLost = "补发只用于遗失。请先报失，或改为更换。", "Reissue is only for a lost plaque: report the loss first, or record a replacement.";
    /// Invariant 3.
    ReissuedTwice = "原则上补发不超过两次，须写明理由由县局批准。", "Reissued twice already: a third needs the county's approval with a reason.";
    /// Invariant 5.
    CountyOnly = "只有县局凭文件才能取消或恢复。已转县局。", "Only the county, with a document, may cancel or restore. Passed on to the county.";
    /// Invariant 5.
    NotRestorable = "只有因治安处罚取消的可以恢复。", "Only a cancellation for a public-order punishment can be restored.";
    /// The household has no plaque that this could happen to.
    NotHung = "系统中这户没有挂牌记录，由乡镇核对。", "No plaque is recorded for this household; the township will check.";
    /// The family was handed one and still has it.
    AlreadyIssued = "这户已经领有光荣牌，还在家中。两次记录都已保留，由乡镇核对。", "This family already has a plaque at home. Both records are kept; the township will check.";
    /// Invariant 3: after a loss the next one is a reissue.
    LostBefore = "这户报过遗失，请记为“补发”。记录已保存，由乡镇核对。", "A loss was reported here: record a reissue. Saved; the township will check.";
    /// 不愿悬挂 of one that hangs.
    StillHangs = "系统中这户的光荣牌还挂着，请先记“取下”或“收回”。已保存，由乡镇核对。", "The plaque is still recorded as hanging: record first that it was taken down or back. Saved; the township will check.";
    /// Invariant 4.
    NoRenewal = "登记显示所荣耀的人已去世：原牌由家庭保留，不再更换。已转县局。", "Whom the plaque honours has died: the family keeps it and it is no longer renewed. Passed on to the county.";
    /// A local switch of the notice.
    DiedBeforeNotice = "所荣耀的人在2018年7月29日前去世，按规定不悬挂。已转县局。", "Whom it would honour died before 29 July 2018: not hung by the rule. Passed on to the county.";
    /// A plaque of a household that was withdrawn: it hangs at another one.
    HouseholdWithdrawn = "这户是误建的，已撤销。记录已保留：请改到实际的户，或恢复这一户。", "This household was entered by mistake and withdrawn. The record is kept: say at which household it happened, or restore this one.";
    /// DESTROY without one that came back.
    NothingReturned = "系统中这户没有收回待销毁的旧牌，由县局核对。", "No old plaque of this household came back: nothing to destroy. The county will check.";
    /// A stock act of a higher level.
    StockOfUpper = "这类库存由乡镇或县局登记。记录已保存，由乡镇核对。", "This stock is recorded by the township or the county. Saved; the township will check.";
    /// An opinion before the one below it.
    StepOutOfTurn = "前一级还没有签署意见。已保存，等前面的意见同步后生效。", "The level before has given no opinion yet. Saved; it counts once that arrives.";
    /// An opinion of a higher level.
    StepOfUpper = "这一步由上一级签署意见。已保存，由上级核对。", "This opinion belongs to a higher level. Saved; it will be checked there.";
    /// An opinion on a rejected request.
    RequestClosed = "这份申请已退回。请家属重新申请。", "This request was rejected: the family applies anew.";
    /// Invariant 11.
    AlreadyDelivered = "这份喜报已经送达。两次记录都已保留，由乡镇核对，只计一次。", "This letter is delivered already. Both records are kept and one counts; the township will check.";
    /// A step after the letter left for another county.
    LetterMoved = "这份喜报已转递外县。记录已保存，由乡镇核对。", "This letter was transferred to another county. Saved; the township will check.";
    /// Feedback before the delivery.
    NotDelivered = "这份喜报还没有送达记录。已保存，送达记录同步后生效。", "No delivery of this letter is known yet. Saved; it counts once that arrives.";
    /// Registering one that could not be delivered.
    LetterOutOfTurn = "这份喜报现在不能这样登记：请先核实地址。记录已保存，由乡镇核对。", "This step does not fit where the letter stands: verify the address first. Saved; the township will check.";
    /// A need is not where this step begins.
    NeedOutOfTurn = "这条诉求现在不能这样办理：请先看它办到哪一步。记录已保存，由乡镇核对。", "This step does not fit where the need stands: look at its steps first. Saved; the township will check.";
    /// Registering and referring are not a village's to do.
    NeedOfUpper = "登记交办、转办由乡镇或县局办理。已保存，由乡镇核对。", "Needs are assigned and referred by the township or the county. Saved; the township will check.";
    /// A suggestion is answered by the county.
    SuggestionOfCounty = "投诉建议由县局答复。已保存，暂不生效。", "Suggestions are answered by the county. Saved, and it does not count.";
    /// A rating before any answer.
    SuggestionUnanswered = "还没有收到答复，答复后再评价。已保存，答复同步后生效。", "No answer is known yet. Saved; the rating counts once it arrives.";
    /// Somebody else rates the answer.
    SuggestionOfAuthor = "只有提交人可以评价答复。已保存，暂不生效。", "Only who said it rates the answer. Saved, and it does not count.";
    /// Transferring is not a village's to do.
    LetterOfUpper = "转递外县由乡镇或县局办理。已保存，由乡镇核对。", "A transfer is made by the township or the county. Saved; the township will check.";
    /// A village worker enters a letter that came officially.
    LetterSource = "部队、人武部转来的喜报由乡镇或县局登记；家属出示的，来源请选“家属提供”。", "A letter sent by troops or the armed forces department is entered by the township or the county; one that the family shows has the source FAMILY.";
    /// Principle 5: 部队番号 stand in no record.
    MilitaryUnit = "不能填写部队番号、代号：请删去，或改用代称（如“驻军一”），再保存。", "Military unit designations may not be entered: remove it or use an alias, and save again.";
    /// Invariant 7: the person counts as dead that day.
    AfterDeath = "系统登记此人在走访日之前已去世，由乡镇核对。", "The register says this person died before the day of the visit; the township will check.";
    /// Invariant 1.
    IdNumberTaken = "这个身份证号已登记在另一人名下，由区县核对是否同一人。", "This id number belongs to another person; the county will check whether they are the same.";
    /// The number does not pass its check digit.
    IdNumberInvalid = "身份证号校验不通过，请核对最后一位。", "The id number fails its check digit: compare it with the card.";
    /// Sealed by the phone, cannot be opened here.
    SealBroken = "密封内容无法打开，请重新填写身份证号。", "The sealed part cannot be opened: enter the id number again.";
    /// A life-cycle knows no such step.
    NoSuchStep = "当前状态不能直接改成这个状态，由乡镇核对先后顺序。", "This state cannot follow the present one; the township will check the order.";
    /// Invariant 13.
    DischargeBeforeEnlistment = "退役时间早于入伍时间，由乡镇核对，请对照证件。", "The discharge is before the enlistment: compare with the papers; the township will check.";
    /// A division would lie below itself.
    OwnAncestor = "区划不能隶属于自己或自己的下级。", "A division cannot lie below itself.";
    /// Merging people is for reviewers.
    ReviewerMerges = "是否同一人由乡镇核对确认。两份资料都已保留。", "The township decides whether they are the same person. Both records are kept.";
    /// Two people with an id number each.
    TwoIdNumbers = "两份资料各有身份证号，合并须由县局确认。", "Both records have an id number: only the county may say that they are one person.";
    /// Who is counted would be merged into who is not.
    KeptIsNotActive = "保留的那份还没有正式登记或已移出，合并会让这个人从应访人数中消失。请先确认保留的资料，或改为保留另一份。", "The record that would stay is a draft or was taken out: this person would vanish from the figures. Accept that record first, or keep the other one.";
    /// Already merged, or merged in a circle.
    MergedAlready = "这份资料已合并到另一份，请先撤销原来的合并。", "This record is already merged with another: undo that first.";
    /// A field has the wrong form. The answer names it.
    Malformed = "内容格式不对，无法保存。请升级应用或联系管理员。", "The content has the wrong form: update the app or ask the administrator.";
    /// A code that was given to the county stays readable.
    CodeInUse = "代码不能删除，可以改为隐藏。", "A code cannot be deleted: hide it instead.";
    /// A required field is missing. The answer names it.
    Missing = "缺少必填内容。", "A required field is missing.";
    /// Invariant 9.
    EndsBeforeStart = "结束时间早于开始时间。", "The end is before the start.";
    /// A person is in a visit once.
    ListedTwice = "同一人在一次走访里出现了两次，请只留一条。", "Somebody is listed twice in one visit: keep one line.";
    /// Shared data without the right.
    NotAllowed = "您没有修改这项内容的权限，请联系乡镇。", "You may not change this; ask the township.";
    /// Another record has this id.
    IdTaken = "编号已被另一条记录使用。", "Another record has this id.";
    /// Facts are amended or voided, never edited; shared data is changed, never amended.
    WrongAct = "这类记录不能这样修改。", "This kind of record cannot be changed that way.";
    /// The op is not by the author of the fact, nor by a reviewer.
    NotAuthor = "只有记录人或审核人可以更正、作废。", "Only its author or a reviewer may amend or void a record.";
    /// The server of a later version made this kind.
    KindUnknown = "服务器暂不认识这类记录，已保存，升级后处理。", "The server does not know this kind of record yet. Kept until it is upgraded.";
}
