// Codes as words, from the server's code tables. Codes are data that a bureau may extend, so one we do not know is shown as
// it is.
import { type Table, table } from "./table";

export const word = (words: Table, code: string | null | undefined): string => (code ? (words[code] ?? code) : "—");

export const ROLE = table(["ROLE"]);
export const METHOD = table(["METHOD"]);
export const RESULT = table(["RESULT"]);
export const WORK = table(["WORK_TYPE"]);
export const REVIEW = table(["REVIEW"]);
export const LIFE = table(["LIFE"]);
export const REGISTER = table(["REGISTER"]);
export const RELATION = table(["RELATION"]);
export const SEX = table(["SEX"]);
export const PLAQUE_STATE = table(["PLAQUE_STATE"]);
export const PLAQUE_EVENT = table(["PLAQUE_EVENT"]);
export const BASIS = table(["BASIS"]);
export const UNIT_KIND = table(["UNIT_KIND"]);
export const YES_NO = table(["YES_NO"]);
export const POSITION = table(["PLAQUE_POSITION"]);

// The collection of 2018, then 优抚对象 by the ministry's numbers.
export const CATEGORY = table(["CATEGORY", "PREF"]);

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
