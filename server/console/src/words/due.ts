// Words of the due list: a reason's code is of another table for each reason.
import { word } from "./codes";
import { type Table, table } from "./table";

const OF: Readonly<Record<string, Table>> = {
  MUST: table(["TRIGGER"]),
  NEED: table(["NEED_TYPE"]),
  // An assignment tells an occasion, or says why in words of its own.
  ASSIGNED: table(["TRIGGER"]),
  CADENCE: table(["DUE_CLASS", "CATEGORY", "PREF", "TAG"], { PLACED: "政府安置的对象" }),
};

/** The server's word for the reason, and what it is about. */
export const reason = ({ why, zh, code }: { why: string; zh: string; code?: string | null }): string =>
  code ? `${zh}：${word(OF[why] ?? {}, code)}` : zh;
