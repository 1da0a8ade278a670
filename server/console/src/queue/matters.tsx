// What waits for a decision, each thing once with what it is about; the newest change first.
import { Card, Empty, Skeleton } from "antd";
import { useState } from "react";
import { Failure } from "../shell/failure";
import { SmallFailure } from "../shell/small-failure";
import { count } from "../words/number";
import { MatterCard } from "./matter-card";
import { type Question, SettleDialog } from "./settle-dialog";
import type { Waiting } from "./use-matters";

export function Matters({ waiting }: { waiting: Waiting }) {
  const [question, ask] = useState<Question>();
  const { matters, whole, error, retry } = waiting;
  if (error != null && matters.length === 0) return <Failure error={error} retry={retry} />;
  if (!whole && matters.length === 0) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <>
      <div data-testid="holding" data-whole={whole}>
        {error != null && <SmallFailure what="后面的事项" error={error} retry={retry} />}
        {matters.map((matter) => (
          <MatterCard key={matter.key} matter={matter} ask={ask} />
        ))}
        {matters.length === 0 && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description="没有要核对的事项；两部手机改动不同、规则暂存或报告去世时会出现在这里"
          />
        )}
      </div>
      {matters.length > 0 && <div className="more">共 {count(matters.length)} 件</div>}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

/** The same beside a record: what waits of it alone. */
export function WaitingMatters({ title, matters }: { title: string; matters: Waiting["matters"] }) {
  const [question, ask] = useState<Question>();
  return (
    <Card title={title} styles={{ body: { padding: 0 } }}>
      <div data-testid="waiting">
        {matters.map((matter) => (
          <MatterCard key={matter.key} matter={matter} ask={ask} />
        ))}
      </div>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Card>
  );
}
