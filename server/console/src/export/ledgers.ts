// The ledgers that the server exports, by its own names.

export interface Ledger {
  value: string;
  label: string;
  /** Of what happened: can be asked for by days. */
  days?: boolean;
  /** For printing: a workbook, never a CSV. */
  printed?: boolean;
}

export const LEDGERS: readonly Ledger[] = [
  { value: "people", label: "退役军人花名册" },
  { value: "plaques", label: "光荣牌悬挂登记表", days: true },
  { value: "visits", label: "走访慰问登记表", days: true },
  { value: "letters", label: "送喜报登记表", days: true },
  { value: "needs", label: "诉求台账", days: true },
  { value: "units", label: "单位台账" },
  { value: "basis_persons", label: "荣誉主体名册" },
  { value: "visit_list", label: "走访名单（打印）", printed: true },
  { value: "issue_list", label: "发放花名册（打印）", printed: true },
];

export const ledger = (value: string): Ledger | undefined => LEDGERS.find((ledger) => ledger.value === value);
