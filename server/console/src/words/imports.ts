// Words of imports: ledgers, how far one is, what a row comes to.

export const LEDGER: Record<string, string> = {
  people: "退役军人花名册",
  divisions: "区划名单",
  plaques: "光荣牌悬挂登记表",
  visits: "走访慰问登记表",
  letters: "送喜报登记表",
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
