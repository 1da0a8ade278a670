// Words of the reviewer's queue: kinds of records, why something waits, fields of the register.

type Table = Readonly<Record<string, string>>;

export const KIND: Table = {
  person: "人员",
  household: "户",
  contact: "走访",
  plaque_event: "光荣牌",
  photo: "影像",
  division: "区划",
  case: "核对事项",
};

export const CASE: Table = {
  MERGE: "疑似同一人",
  STOCK: "库存对账",
  DOUBLE: "重复",
  DEATH: "去世核实",
  CONFLICT: "冲突",
};

export const WHY: Table = { HELD: "待核", PROPOSED: "提议", CONFLICT: "两处改动不同" };

export const FIELD: Table = {
  name: "姓名",
  id_number: "身份证号",
  life: "生存状态",
  died_on: "去世日期",
  categories: "人员类别",
  household: "户",
  registered_division: "户籍区划",
  living_division: "居住区划",
  address: "住址",
  registered_address: "户籍地址",
  phones: "电话",
  presence: "居住情况",
  register: "登记状态",
  head_name: "户主",
  sex: "性别",
  birth: "出生日期",
  enlisted: "入伍时间",
  discharged: "退役时间",
};

/** What was done to a field, as its history says it. */
export const CHANGE: Table = {
  SET: "写入",
  PROPOSED: "提议",
  HELD: "待核",
  CONFLICT: "写入，另一值保留",
  CHOSEN: "审核采用",
  TURNED_DOWN: "审核不采用",
};

/** Why a person must look at a visit, short; the server's sentence stands beside it. */
export const LOOK: Table = {
  HELD: "待核",
  CONFLICT: "两处改动不同",
  DOUBTFUL_TIME: "时间存疑",
  DEATH: "去世",
  MOVE: "迁移",
  MONEY: "慰问金",
  PLAQUE: "光荣牌",
  LETTER: "喜报",
  NEED: "诉求",
  AMENDED: "有更正",
  PHOTO_HINT: "照片相同",
};
