// Words of imports: ledgers, how far one is, what a row comes to, why it waits, what rests on it.
import { table } from "./table";

export const LEDGER: Record<string, string> = {
  people: "退役军人花名册",
  divisions: "区划名单",
  plaques: "光荣牌悬挂登记表",
  visits: "走访慰问登记表",
  letters: "送喜报登记表",
  units: "单位台账",
  basis_persons: "荣誉主体名册",
  staff: "工作人员账号",
};

/** What an account must be allowed to, to import a ledger. */
export const right = (ledger: string): string => (ledger === "staff" ? "ACCOUNTS" : "IMPORT");

export const STATE: Record<string, string> = {
  PLANNED: "待应用",
  APPLYING: "写入中",
  APPLIED: "已应用",
  UNDOING: "撤销中",
  UNDONE: "已撤销",
};

export const OUTCOME = [
  { key: "new", label: "新增", color: "green" },
  { key: "update", label: "更新", color: "blue" },
  { key: "unchanged", label: "无变化", color: "default" },
  { key: "doubtful", label: "待核", color: "orange" },
  { key: "refused", label: "不导入", color: "red" },
] as const;

/** What rests on a row, and keeps it from being taken back. */
export const RESTS = table(["RECORD_KIND"], { changed: "后来有改动", account: "账号已在使用" });
