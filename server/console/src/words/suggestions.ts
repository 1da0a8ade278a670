// Words of suggestions 投诉建议.
import { table } from "./table";

export const SUGGESTION_TYPE = table(["SUGGESTION_TYPE"]);
export const SUGGESTION_STATE = table(["SUGGESTION_STEP"]);
