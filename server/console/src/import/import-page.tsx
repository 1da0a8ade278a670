// One import: what it comes to, row by row, the doubts to decide, and writing or taking back.
import { Alert, Button, Card, Progress, Segmented, Space } from "antd";
import { useParams, useSearchParams } from "react-router";
import { type Import, runs, sentFile, useApply, useImport } from "../api/imports";
import { asProblem } from "../api/problem";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { LEDGER, OUTCOME, STATE } from "../words/imports";
import { count } from "../words/number";
import { Assumptions } from "./assumptions";
import { MapColumns } from "./columns";
import { DecideEach } from "./decide-each";
import { HandOut } from "./hand-out";
import { Marked } from "./marked";
import { Overview } from "./overview";
import { Places } from "./places";
import { RowsTable } from "./rows-table";
import { Undo } from "./undo";

/** How many rows the next apply would write. */
function open(one: Import): number {
  // What stays of one that was taken back is not written again.
  if (one.state === "UNDOING" || one.state === "UNDONE") return 0;
  return one.state === "PLANNED" ? one.new + one.update + one.decided : one.decided + one.changed_since;
}

/** What is said of rows that are not as they were shown. */
const changed = (one: Import) => (one.state === "UNDONE" ? "未全撤销" : "已变动");

function Running({ one }: { one: Import }) {
  const { done, total } = one.progress ?? { done: 0, total: 0 };
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return <Progress percent={percent} aria-label="进度" format={() => `${count(done)}/${count(total)}`} />;
}

function Acts({ one }: { one: Import }) {
  const apply = useApply(one.id);
  const waiting = open(one);
  const stopped = one.state === "APPLYING" && !runs(one);
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }}>
      {(one.state === "PLANNED" || waiting > 0 || stopped) && (
        <Button
          type="primary"
          disabled={!stopped && waiting === 0}
          loading={apply.isPending || runs(one)}
          onClick={() => apply.mutate()}
        >
          {stopped ? "继续写入" : `应用 ${count(waiting)} 行`}
        </Button>
      )}
      {apply.error && <Alert type="error" showIcon title={asProblem(apply.error).title} />}
      <Undo one={one} />
    </Space>
  );
}

export function ImportPage() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const outcome = params.get("outcome") ?? undefined;
  const reason = params.get("reason") ?? undefined;
  const answer = useImport(id, outcome, reason);
  const page = answer.data?.pages[0];
  const one = page?.import;
  useTitle(one ? `导入 ${one.file_name}` : "导入");
  if (answer.error && !one) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!page || !one) return <Card loading />;
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const decides = one.state === "PLANNED" || one.state === "APPLIED";
  const filters = [
    { value: "", label: `全部 ${count(one.rows)}` },
    ...OUTCOME.map(({ key, label }) => ({ value: key as string, label: `${label} ${count(one[key])}` })),
    ...(one.changed_since > 0 || outcome === "changed"
      ? [{ value: "changed", label: `${changed(one)} ${count(one.changed_since)}` }]
      : []),
  ];
  return (
    <>
      <div className="head">
        <h1>{one.file_name}</h1>
        <span className="quiet">
          {word(LEDGER, one.ledger)} · {word(STATE, one.state)}
        </span>
      </div>
      <Card>
        <Space orientation="vertical" size={16} style={{ width: "100%" }}>
          <Overview page={page} />
          <Acts one={one} />
          {one.ledger === "staff" && one.state === "APPLIED" && <HandOut one={one} />}
          {one.assumptions.length > 0 && <Assumptions one={one} />}
          {runs(one) && <Running one={one} />}
          {page.places.length > 0 && <Places one={one} places={page.places} />}
          <Marked one={one} />
          {one.state === "PLANNED" && <MapColumns ledger={one.ledger} file={sentFile(one.id)} />}
          <Segmented
            aria-label="结果"
            options={filters}
            value={outcome ?? ""}
            onChange={(value) => setParams(value ? { outcome: String(value) } : {})}
          />
          <DecideEach key={id} id={id} reasons={page.reasons} rows={items} decides={decides} />
        </Space>
        <RowsTable id={id} rows={items} open={decides} changed={changed(one)} />
        <LoadMore answer={answer} shown={items.length} unit="行" />
      </Card>
    </>
  );
}
