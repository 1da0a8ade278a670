// 诉求: one need from where it was heard to its answer, and what may be done next.
import { Alert, Breadcrumb, Skeleton, Space } from "antd";
import { Link, useParams } from "react-router";
import { useNeed } from "../api/needs";
import { WaitingCard } from "../person/waiting-card";
import { FieldHistory } from "../record/field-history";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { NeedActs } from "./need-acts";
import { NeedHistory } from "./need-history";
import { NeedState } from "./need-marks";
import { NeedSaid } from "./need-said";
import "../person/person.css";

export function NeedPage() {
  const { id = "" } = useParams();
  const answer = useNeed(id);
  const need = answer.data;
  const title = need ? `${need.row.called}的诉求` : "诉求";
  useTitle(title);
  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!need) return <Skeleton active paragraph={{ rows: 10 }} />;
  const { removed } = need.fields as Record<string, unknown>;
  return (
    <>
      <div className="head">
        <div>
          <Breadcrumb
            items={[
              { key: "needs", title: <Link to="/needs">诉求</Link> },
              { key: "need", title },
            ]}
          />
          <Space size="middle" align="center" wrap>
            <h1>{title}</h1>
            <NeedState row={need.row} />
          </Space>
        </div>
        <Space wrap>
          <NeedActs key={id} need={need} />
          <FieldHistory key={`${id} history`} kind="need" id={id} />
        </Space>
      </div>
      {typeof removed === "string" && (
        <Alert type="error" showIcon title={`已作废：${removed}`} style={{ marginBottom: 16 }} />
      )}
      <div className="person">
        <div className="person-side">
          <NeedSaid need={need} />
        </div>
        <div className="person-side">
          {need.waiting.length > 0 && <WaitingCard rows={need.waiting} />}
          <NeedHistory steps={need.steps} />
        </div>
      </div>
    </>
  );
}
