// Code tables as Chinese words. Codes are data that a bureau may extend, so one we do not know is shown as it is.

type Table = Readonly<Record<string, string>>;

export const word = (table: Table, code: string | null | undefined): string => (code ? (table[code] ?? code) : "—");

export const ROLE: Table = {
  VILLAGE_WORKER: "村站工作人员",
  TOWN_REVIEWER: "乡镇审核",
  SECTION_CLERK: "局业务科室",
  LEADER: "局领导",
  SYS_ADMIN: "系统管理员",
  SEC_ADMIN: "安全管理员",
  AUDITOR: "审计员",
};

export const METHOD: Table = {
  HOME: "入户",
  PHONE: "电话",
  VIDEO: "视频",
  SEMINAR: "座谈",
  STATION: "来站",
  RELATIVE: "亲属转达",
};

export const RESULT: Table = {
  MET: "见到本人",
  MET_FAMILY: "见到家属",
  NOT_HOME: "家中无人",
  REFUSED: "拒访",
  WRONG_ADDRESS: "地址不符",
  AWAY: "外出",
  DIED: "据称已去世",
};

export const WORK: Table = {
  ROUND: "遍访",
  HOLIDAY: "节日慰问",
  HARDSHIP: "解困帮扶",
  PLAQUE: "悬挂光荣牌",
  MERIT: "送立功喜报",
  VERIFY: "优抚核查",
  COLLECT: "信息采集",
  FOLLOWUP: "回访",
  FORCES: "军地慰问",
  POLICY: "政策宣讲",
  EMPLOY: "就业服务",
  CARD: "优待证",
  MUST: "必访",
};

export const REVIEW: Table = { SUBMITTED: "未审", ACCEPTED: "已审", RETURNED: "已退回", VOIDED: "已作废" };

export const LIFE: Table = { ALIVE: "在世", DECEASED: "去世", UNREACHABLE: "失联", UNKNOWN: "待核" };

export const REGISTER: Table = {
  DRAFT: "待建档",
  REVIEWING: "审核中",
  REJECTED: "已退回",
  ACTIVE: "在册",
  REMOVED: "已移出",
};

export const SEX: Table = { MALE: "男", FEMALE: "女", M: "男", F: "女" };

export const PLAQUE_STATE: Table = {
  PENDING: "待悬挂",
  HUNG: "已悬挂",
  ISSUED_NOT_HUNG: "已领未挂",
  TAKEN_DOWN_KEPT: "暂存家中",
  REPLACE_DUE: "待更换",
  LOST: "遗失",
  RETURNED: "已收回",
  CANCELLED: "已取消",
  KEPT_NO_RENEW: "保留不更换",
  DECLINED: "不愿悬挂",
  NOT_ELIGIBLE: "不符合条件",
};

export const PLAQUE_EVENT: Table = {
  ISSUE: "发放光荣牌",
  NEW: "悬挂光荣牌",
  REISSUE: "补发光荣牌",
  REPLACE: "更换光荣牌",
  TAKE_BACK: "收回光荣牌",
  TAKE_DOWN: "取下暂存",
  REPORT_LOST: "报失",
  DECLINE: "不愿悬挂",
  MARK_DUE: "登记待更换",
  CANCEL: "取消",
  RESTORE: "恢复",
  INSPECT: "巡查",
};

export const POSITION: Table = { GATE: "大门", INDOOR: "室内" };

// The collection of 2018, then 优抚对象 by the ministry's numbers.
export const CATEGORY: Table = {
  TRANSFERRED_CADRE: "军队转业干部",
  DISCHARGED_SOLDIER: "退役士兵",
  RETIRED_CADRE: "军队离退休干部和退休士官",
  RETIRED_EMPLOYEE: "军队无军籍离退休退职职工",
  RED_ARMY: "退伍红军老战士",
  DEMOBILIZED: "复员军人",
  DISABLED: "残疾军人",
  DISABLED_MILITIA: "伤残民兵民工",
  MARTYR_SURVIVOR: "烈士遗属",
  DUTY_SURVIVOR: "因公牺牲军人遗属",
  ILLNESS_SURVIVOR: "病故军人遗属",
  SERVING_FAMILY: "现役军人家属",
  "11": "残疾军人",
  "12": "伤残国家机关工作人员",
  "13": "伤残人民警察",
  "14": "伤残民兵民工",
  "15": "因战因公伤残人员",
  "21": "烈士遗属",
  "22": "因公牺牲军人遗属",
  "23": "病故军人遗属",
  "31": "在乡退伍红军老战士",
  "32": "在乡西路军红军老战士",
  "33": "红军失散人员",
  "41": "在乡复员军人",
  "42": "带病回乡退伍军人",
  "51": "参战退役人员",
  "61": "参试退役人员",
  "71": "义务兵家庭",
  "81": "60周岁以上农村籍退役士兵",
  B1: "部分烈士子女",
};

/** How somebody was reached, as the lists behind the figures say it. */
export function level(level: number | null | undefined): string {
  switch (level) {
    case 3:
      return "见面";
    case 2:
      return "电话视频";
    case 1:
      return "只见家属";
    case 0:
      return "走访未见";
    default:
      return "未访";
  }
}
