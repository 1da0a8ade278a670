// 入户新登记的人: whoever was found at a door and is not in the register yet, each beside who they may be; and above them what was
// decided just now, with the way back.
import { Empty, Skeleton } from "antd";
import { useState } from "react";
import type { Question } from "../queue/settle-dialog";
import { SettleDialog } from "../queue/settle-dialog";
import type { Waiting } from "../queue/use-matters";
import { Failure } from "../shell/failure";
import { SmallFailure } from "../shell/small-failure";
import { DecidedLine } from "./decided-line";
import { DoorCard } from "./door-card";

export function DoorTab({ waiting }: { waiting: Waiting }) {
  const [question, ask] = useState<Question>();
  // Whom a question was asked of: what became of them is read from the register.
  const [asked, remember] = useState<readonly string[]>([]);
  const { door, whole, error, retry } = waiting;
  const here = new Set(door.map((row) => row.id));
  const askOf = (person: string) => (of: Question) => {
    remember((before) => (before.includes(person) ? before : [person, ...before]));
    ask(of);
  };
  if (error != null && door.length === 0) return <Failure error={error} retry={retry} />;
  if (!whole && door.length === 0 && asked.length === 0) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <div data-testid="door">
      {error != null && <SmallFailure what="后面的人" error={error} retry={retry} />}
      {asked
        .filter((id) => !here.has(id))
        .map((id) => (
          <DecidedLine key={id} id={id} ask={ask} />
        ))}
      {door.map((row) => (
        <DoorCard key={row.id} row={row} ask={askOf(row.id)} />
      ))}
      {door.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description="没有待建档的人员。村（社区）在入户时新登记的人会出现在这里，由乡镇决定是否入册。"
        />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </div>
  );
}
