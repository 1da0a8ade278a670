// Words of the reviewer's queue: kinds of records, why something waits, fields of the register.
import { table } from "./table";

export const KIND = table(["RECORD_KIND"]);
export const CASE = table(["CASE_KIND"]);
export const ALIKE = table(["ALIKE"]);
export const WHY = table(["WHY"]);
export const FIELD = table(["FIELD"]);

/** What was done to a field, as its history says it. */
export const CHANGE = table(["CHANGE"]);

/** Why a person must look at a visit, short; the server's sentence stands beside it. */
export const LOOK = table(["LOOK"]);
