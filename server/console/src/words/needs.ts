// Words of needs 诉求.
import { table } from "./table";

export const NEED_TYPE = table(["NEED_TYPE"]);
export const URGENCY = table(["URGENCY"]);
export const NEED_STATE = table(["NEED_STEP"]);

/** What a button says that takes the step: the table's words tell where a need stands afterwards. */
export const NEED_ACT = table(["NEED_STEP"], {
  REGISTERED: "登记交办",
  HANDLING: "记录办理",
  REFERRED: "转办",
  RESOLVED: "办结",
  REVISITED: "回访",
});
