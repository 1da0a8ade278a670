// Which visits wait in the queue already, under the question that they raised: they are decided there and not listed twice.
import type { LookItem } from "../api/types";
import type { Matter } from "../queue/matter";
import { REPORTS } from "../queue/report";

/** What a rule holds back, or two phones said differently: accepting the visit would not settle it. */
const QUEUED = ["HELD", "CONFLICT"];

/** A visit that told of a death, or of an address where nobody lives, is answered with the value that it proposes. */
export function queued(row: LookItem, matters: readonly Matter[]): boolean {
  if (QUEUED.includes(row.look)) return true;
  const parts = matters.flatMap((matter) => matter.parts);
  return parts.some((part) => {
    const report = part.why === "PROPOSED" && REPORTS[part.field ?? ""];
    return report && row.entries.some(({ person, result }) => person.id === part.record.id && result === report.result);
  });
}
