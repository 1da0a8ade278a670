// The buttons of one matter: they stand below what it is about, and each asks how it was found out.
import { Button, Skeleton, Space } from "antd";
import { Link } from "react-router";
import { usePerson } from "../api/queries";
import type { CaseItem, HeldItem } from "../api/types";
import { useMay } from "../session/use-session";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { FIELD } from "../words/queue";
import type { Matter } from "./matter";
import { confirm, REPORTS, reportOf, tellers, turnDown } from "./report";
import { SettleButtons } from "./settle-buttons";
import type { Question } from "./settle-dialog";

type Ask = (question: Question) => void;

export function MatterActs({ matter, ask }: { matter: Matter; ask: Ask }) {
  const reviews = useMay("REVIEW");
  const reports = matter.parts.filter((item) => reportOf(item));
  const [told] = reports;
  // The day of a death is settled with the death.
  const rest = matter.parts.filter((item) => !reports.includes(item) && !(told && item.field === "died_on"));
  const compared = matter.causes.find((one) => one.case === "MERGE");
  if (!reviews) return <span className="quiet">由乡镇审核</span>;
  return (
    <>
      {told && <ReportActs person={told.record.id} items={reports} ask={ask} />}
      {rest.map((item) => (
        <Space key={JSON.stringify(item.part)} wrap>
          {matter.parts.length > 1 && <span className="quiet">{called(item)}</span>}
          <SettleButtons row={item} ask={ask} />
        </Space>
      ))}
      {compared && <Compare subjects={compared.subjects} />}
      {/* What waits decides the case with it; one without such a part is settled by word alone. */}
      {matter.parts.length === 0 && <Button onClick={() => ask(close(matter.causes))}>了结</Button>}
    </>
  );
}

const called = (item: HeldItem) =>
  item.field ? word(FIELD, item.field) : item.subjects.map((one) => one.name).join("、") || "整条记录";

function ReportActs({ person, items, ask }: { person: string; items: HeldItem[]; ask: Ask }) {
  const answer = usePerson(person);
  const report = REPORTS[items[0]?.field ?? ""];
  if (answer.isError) return <SmallFailure what="这个人" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data || !report) return <Skeleton.Button active />;
  const visits = tellers(answer.data.visits, report);
  return (
    <Space wrap>
      <Button type="primary" onClick={() => ask(confirm(report, items, visits))}>
        {report.yes}
      </Button>
      <Button danger onClick={() => ask(turnDown(report, items, visits))}>
        {report.no}
      </Button>
    </Space>
  );
}

/** Two people who may be one are looked at side by side, and merged there. */
function Compare({ subjects }: { subjects: CaseItem["subjects"] }) {
  const [one, other] = subjects.filter((subject) => subject.kind === "person");
  return one && other ? (
    <Link to={`/people/${one.id}/same/${other.id}`}>
      <Button type="primary">对比</Button>
    </Link>
  ) : null;
}

const close = (causes: readonly CaseItem[]): Question => ({
  title: "了结核对事项",
  note: "记录本身不变；需要作废或改正的，请先在记录上处理。了结后可以重新打开。",
  ok: "了结",
  // What comes while this dialog is open was not looked at, and leaves the case open.
  write: (how) =>
    causes.map((one) => ({
      kind: "case",
      target: one.id,
      base: one.revision,
      act: { act: "change", set: { state: "SETTLED", how, seen: one.weight } },
    })),
});
