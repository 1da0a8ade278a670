// 复核: visits that a person must look at. All others are accepted by themselves after the days of the rule; those that raised a
// question of their own are decided with it in the queue.
import { Card, Empty, Skeleton } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useReview } from "../api/queries";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMatters } from "../queue/use-matters";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { SmallFailure } from "../shell/small-failure";
import { useTitle } from "../shell/use-title";
import { count } from "../words/number";
import { LookCard } from "./look-card";
import { queued } from "./queued";
import "../people/people.css";

export function ReviewPage() {
  const [params] = useSearchParams();
  const division = params.get("division") ?? undefined;
  const answer = useReview(division);
  const waiting = useMatters(division);
  const [question, ask] = useState<Question>();
  const all = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = all.filter((row) => !queued(row, waiting.matters));
  const there = all.length - rows.length;
  useTitle("复核");
  if (answer.isError && !answer.data) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <>
      <div className="head">
        <h1>复核</h1>
        <span className="quiet">只列必须由人看的走访；其余到期自动通过</span>
        {there > 0 && (
          <Link to="/queue" data-testid="queued">
            另有 {count(there)} 次走访在待办核对里一并决定
          </Link>
        )}
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        {waiting.error != null && <SmallFailure what="待办核对" error={waiting.error} retry={waiting.retry} />}
        {answer.isPending || !waiting.whole ? (
          <Skeleton active paragraph={{ rows: 8 }} className="find" />
        ) : (
          <div data-testid="review">
            {rows.map((row) => (
              <LookCard key={row.contact.id} row={row} ask={ask} />
            ))}
            {rows.length === 0 && !answer.hasNextPage && (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description="没有要复核的走访；手机同步后，时间存疑、涉及慰问金等的走访会出现在这里"
              />
            )}
          </div>
        )}
        <LoadMore answer={answer} shown={answer.hasNextPage ? all.length : rows.length} unit="次走访" />
      </Card>
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}
