// Words of the reviewer's queue: kinds of records, why something waits, fields of the register.
import { table } from "./table";

export const KIND = table(["RECORD_KIND"]);
export const CASE = table(["CASE_KIND"]);
export const ALIKE = table(["ALIKE"]);
export const WHY = table(["WHY"]);
/** Beside the server's words those of lines that phones write and its table does not have. */
export const FIELD = table(["FIELD"], {
  gifts_text: "慰问金、慰问品",
  needs_text: "诉求",
  no_place: "未定位原因",
  entered_by: "补录依据",
  old_returned: "旧牌已交回",
  receiver: "领取人",
  exception: "县局例外",
  document: "文件",
  remained: "残片",
  delivered_by: "送达人",
  award_fen: "奖励金",
  goods_fen: "慰问品价值",
  goods: "慰问品",
  to_county: "转往",
  step: "步骤",
  opinion: "意见",
  act: "事项",
  count: "数量",
});

/** What was done to a field, as its history says it. */
export const CHANGE = table(["CHANGE"]);

/** Why a person must look at a visit, short; the server's sentence stands beside it. */
export const LOOK = table(["LOOK"]);
