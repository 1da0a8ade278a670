//! The words of the command line.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand};

/// 无屏手机（测试工具，密钥放在资料夹里） / a phone without a screen: a test tool, its key lies in the folder.
#[derive(Debug, Parser)]
#[command(name = "phone", version)]
pub struct Args {
    /// 资料夹，一个资料夹一部手机 / one folder is one phone
    #[arg(long)]
    pub folder: PathBuf,
    /// 每个结果一行 JSON / one line of JSON for each result
    #[arg(long, global = true)]
    pub json: bool,
    /// 手机时钟偏差（毫秒） / how far the phone's clock is off
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_name = "MS")]
    pub clock_offset_ms: i64,
    #[command(subcommand)]
    #[expect(missing_docs, reason = "clap would show it as help")]
    pub command: Command,
}

/// One line of a batch.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Line {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 登记或重新登录 / redeem an invitation: its JSON, or a file with it
    Enrol {
        /// 二维码内容或文件 / the code's JSON or a file
        code: String,
        /// 设备名 / shown in the list of devices
        #[arg(long, default_value = "phone")]
        device: String,
    },
    /// 名单 / the list of people
    People {
        /// 姓名、拼音或身份证号末四位 / name, pinyin, last four digits
        #[arg(long, default_value = "")]
        search: String,
        /// 村 / a division
        #[arg(long)]
        village: Option<String>,
        /// 只看未访 / only who is due
        #[arg(long)]
        due: bool,
        /// 上一页的 next / `next` of the page before
        #[arg(long)]
        after: Option<String>,
        /// 行数 / rows
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// 服务对象 / a person's page
    Person {
        /// 编号 / id
        id: String,
    },
    /// 新增服务对象（草稿） / enter somebody new, as a draft
    NewPerson {
        /// 表单，默认新建 / the form; a new one unless it is named
        #[arg(long)]
        form: Option<String>,
        /// 项=值，可多个 / field=value, several
        #[arg(long = "set", required = true, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        /// 列表项=值 / list field=element
        #[arg(long = "add", value_name = "FIELD=ELEMENT")]
        add: Vec<String>,
    },
    /// 修改服务对象 / change somebody
    ChangePerson {
        /// 编号 / id
        id: String,
        /// 项=值，值为空即清除 / field=value; blank clears
        #[arg(long = "set", value_name = "FIELD=VALUE")]
        set: Vec<String>,
        /// 列表项=值 / list field=element
        #[arg(long = "add", value_name = "FIELD=ELEMENT")]
        add: Vec<String>,
        /// 列表项=值 / list field=element
        #[arg(long = "remove", value_name = "FIELD=ELEMENT")]
        remove: Vec<String>,
        /// 自何日起，2026-01-31 / from which day
        #[arg(long)]
        since: Option<String>,
    },
    /// 分户 / some of a household become one of their own
    Split {
        /// 原户 / the old household
        household: String,
        /// 新户主 / the new head
        #[arg(long)]
        head: String,
        /// 住址 / address
        #[arg(long)]
        address: Option<String>,
        /// 成员，可多个 / who goes with it
        #[arg(long = "member")]
        members: Vec<String>,
        /// 表单，默认新建 / the form; a new one unless it is named
        #[arg(long)]
        form: Option<String>,
    },
    /// 并户 / merge a household into another
    Merge {
        /// 被并入的户 / the one that ends
        household: String,
        /// 并入 / the one that stays
        #[arg(long)]
        into: String,
    },
    /// 迁移 / a household moves
    Move {
        /// 户 / the household
        household: String,
        /// 迁往的村 / the village
        #[arg(long)]
        village: String,
        /// 新住址 / the new address
        #[arg(long)]
        address: String,
        /// 自何日起，2026-01-31 / from which day
        #[arg(long)]
        since: Option<String>,
    },
    /// 走访 / save a visit, or keep it as a draft
    Visit(Visit),
    /// 给表单加照片 / add photos to a form, a new one unless it is named
    Photo {
        /// 表单 / the form
        #[arg(long)]
        form: Option<String>,
        /// 文件 / files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// 未完成的表单 / half-filled forms
    Drafts,
    /// 删除表单 / throw a form away
    Discard {
        /// 表单 / the form
        form: String,
    },
    /// 光荣牌 / record what happened to a plaque
    Plaque(Plaque),
    /// 光荣牌批次 / lots of plaques and what is left
    Lots,
    /// 光荣牌申请 / requests for plaques, or a new one with --household
    Requests {
        /// 户 / the household that asks
        #[arg(long, requires_all = ["ask", "applicant"])]
        household: Option<String>,
        /// 事项 / NEW, REISSUE, REPLACE
        #[arg(long)]
        ask: Option<String>,
        /// 申请人 / who asks
        #[arg(long)]
        applicant: Option<String>,
        /// 原因 / AGED, LOST …
        #[arg(long)]
        reason: Option<String>,
    },
    /// 申请意见 / an opinion on a request
    Opinion {
        /// 申请 / the request
        request: String,
        /// VILLAGE_OK, TOWN_OK, COUNTY_OK, REJECTED
        step: String,
        /// 意见 / the words
        opinion: String,
    },
    /// 立功喜报 / merit letters, in one state or all
    Letters {
        /// 状态 / RECEIVED, DELIVERED …
        #[arg(long, default_value = "")]
        state: String,
    },
    /// 喜报办理 / record a step of a letter
    Letter(Letter),
    /// 户：查看，或修改给出的项 / a household: show it, or change what is given
    Household {
        /// 编号 / id
        id: String,
        /// 住址 / address
        #[arg(long)]
        address: Option<String>,
        /// 怎么找 / how to find them
        #[arg(long)]
        way_note: Option<String>,
    },
    /// 今天该访谁 / who is due today, and why
    Today {
        /// 行数 / rows
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// 暂缓 / put somebody off until a day, 2026-01-31
    Snooze {
        /// 对象 / whom
        person: String,
        /// 到哪天 / until when
        #[arg(long)]
        until: String,
        /// 原因 / why
        #[arg(long)]
        reason: String,
    },
    /// 今天我去 / take a person or a household for today
    Take {
        /// 编号 / id
        id: String,
    },
    /// 指派 / ask that somebody be visited
    Assign {
        /// 对象 / whom
        person: String,
        /// 事由 / why
        #[arg(long)]
        why: String,
        /// 最迟 / by when, 2026-01-31
        #[arg(long)]
        due_on: Option<String>,
    },
    /// 改到另一人 / move a visit that was saved on the wrong person
    Retarget {
        /// 走访 / the visit
        visit: String,
        /// 原对象 / from whom
        #[arg(long)]
        from: String,
        /// 新对象 / to whom
        #[arg(long)]
        to: String,
        /// 原因 / why
        #[arg(long)]
        reason: String,
    },
    /// 作废 / take a record back
    Void {
        /// 编号 / id
        id: String,
        /// 原因 / why
        #[arg(long)]
        reason: String,
    },
    /// 一条记录到了哪里 / how far a record has travelled
    State {
        /// 编号 / id
        id: String,
    },
    /// 待传与最近同步 / what waits
    Status,
    /// 需要看的 / what needs a look
    Troubles,
    /// 同步 / one session with the server
    Sync,
    /// 从标准输入逐行执行，每行一个 JSON 词表 / commands from standard input, each line a JSON list of words
    Batch,
}

/// A visit.
#[derive(Debug, Group)]
pub struct Visit {
    /// 表单，默认新建 / the form; a new one unless it is named
    #[arg(long)]
    pub form: Option<String>,
    /// 对象，可多个 / whom, perhaps several
    #[arg(long = "person", required = true)]
    pub people: Vec<String>,
    /// 结果：一个，或每人一个 / one result, or one for each
    #[arg(long = "result", required = true)]
    pub results: Vec<String>,
    /// 方式 / how
    #[arg(long, default_value = "HOME")]
    pub method: String,
    /// 工作 / kinds of work
    #[arg(long = "work", default_value = "ROUND")]
    pub work_types: Vec<String>,
    /// 生产生活情况 / note
    #[arg(long)]
    pub note: Option<String>,
    /// 照片 / photos
    #[arg(long = "photo")]
    pub photos: Vec<PathBuf>,
    /// 结束时间，默认现在 / when it ended, device milliseconds; now unless given
    #[arg(long, allow_negative_numbers = true, value_name = "MS")]
    pub at: Option<i64>,
    /// 只存草稿 / keep it as a draft only
    #[arg(long)]
    pub draft: bool,
}

/// What happened to a plaque.
#[derive(Debug, Group)]
pub struct Plaque {
    /// 表单，默认新建 / the form; a new one unless it is named
    #[arg(long)]
    pub form: Option<String>,
    /// 户 / the household
    #[arg(long)]
    pub household: String,
    /// 事项 / NEW, REPLACE, DECLINE …
    #[arg(long)]
    pub event: String,
    /// 位置 / GATE or INDOOR
    #[arg(long)]
    pub position: Option<String>,
    /// 悬挂人 / who put it up
    #[arg(long)]
    pub hanger: Option<String>,
    /// 签字人 / who signed
    #[arg(long, conflicts_with = "no_signature")]
    pub signature: Option<String>,
    /// 未签字原因 / why nobody signed
    #[arg(long)]
    pub no_signature: Option<String>,
    /// 旧牌已收回 / the old plaque came back
    #[arg(long)]
    pub old_returned: bool,
    /// 所属走访 / the visit it happened in
    #[arg(long)]
    pub contact: Option<String>,
    /// 原因 / AGED, MOVED_HOME …
    #[arg(long)]
    pub reason: Option<String>,
    /// 批次 / the lot it came from
    #[arg(long)]
    pub lot: Option<String>,
    /// 申请 / the request it fulfils
    #[arg(long)]
    pub request: Option<String>,
    /// 县局例外 / the county's exception
    #[arg(long)]
    pub exception: Option<String>,
    /// 文件 / the county's document
    #[arg(long)]
    pub document: Option<String>,
    /// 照片 / photos
    #[arg(long = "photo")]
    pub photos: Vec<PathBuf>,
    /// 时间，默认现在 / when, device milliseconds; now unless given
    #[arg(long, allow_negative_numbers = true, value_name = "MS")]
    pub at: Option<i64>,
}

/// A step of a letter.
#[derive(Debug, Group)]
pub struct Letter {
    /// 表单，默认新建 / the form; a new one unless it is named
    #[arg(long)]
    pub form: Option<String>,
    /// 喜报 / the letter
    pub letter: String,
    /// REGISTERED, VERIFIED, DELIVERED, FED_BACK, TRANSFERRED, UNDELIVERABLE
    pub step: String,
    /// 送达人：姓名[:BUREAU|PAFD[:级别]] / who delivered: name[:of[:level]]
    #[arg(long = "by")]
    pub by: Vec<String>,
    /// 签字人 / who signed
    #[arg(long)]
    pub signature: Option<String>,
    /// 未签字原因 / why nobody signed
    #[arg(long)]
    pub no_signature: Option<String>,
    /// 原因 / why
    #[arg(long)]
    pub reason: Option<String>,
    /// 转往 / the county it goes to
    #[arg(long)]
    pub to_county: Option<String>,
    /// 奖励金（分） / award in fen
    #[arg(long)]
    pub award_fen: Option<i64>,
    /// 慰问品价值（分） / goods in fen
    #[arg(long)]
    pub goods_fen: Option<i64>,
    /// 照片 / photos
    #[arg(long = "photo")]
    pub photos: Vec<PathBuf>,
    /// 时间，默认现在 / when, device milliseconds; now unless given
    #[arg(long, allow_negative_numbers = true, value_name = "MS")]
    pub at: Option<i64>,
}
