// Words of the plaque register and of merit letters.
import { type Table, table } from "./table";

export const LOT_ACT = table(["PLAQUE_STOCK"]);
export const ASK = table(["PLAQUE_ASK"]);
export const REQUEST_STATE = table(["PLAQUE_REQUEST"]);
export const LETTER_STATE = table(["LETTER_STEP"]);
export const LETTER_LEVEL = table(["LETTER_LEVEL"]);

export const LETTER_WARNING: Table = { LOWER_LEVEL: "送达级别低于规定", WITHOUT_PAFD: "没有人武部人员" };
