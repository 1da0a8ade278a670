// Words of the plaque register and of merit letters.
import { type Table, table } from "./table";

export const LOT_ACT = table(["PLAQUE_STOCK"]);
/** What a button says that does it, and its form: short words of a timeline are too short there. */
export const PLAQUE_ACT = table(["PLAQUE_EVENT"], { CANCEL: "取消悬挂", RESTORE: "恢复悬挂", DESTROY: "销毁旧牌" });
export const PLAQUE_REASON = table(["PLAQUE_REASON"]);
export const ASK = table(["PLAQUE_ASK"]);
export const REQUEST_STATE = table(["PLAQUE_REQUEST"]);
export const LETTER_SOURCE = table(["LETTER_SOURCE"]);
export const DELIVERER_LEVEL = table(["DELIVERER_LEVEL"]);
export const LETTER_STATE = table(["LETTER_STEP"]);
export const LETTER_LEVEL = table(["LETTER_LEVEL"]);

export const LETTER_WARNING: Table = { LOWER_LEVEL: "送达级别低于规定", WITHOUT_PAFD: "没有人武部人员" };
