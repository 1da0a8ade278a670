// The figures of the division itself: whom we owe a visit, who was reached and how, and what stands open.
import { Card, Tooltip } from "antd";
import type { ReactNode } from "react";
import type { Ask } from "../api/queries";
import type { Coverage } from "../api/types";
import { COLOR } from "../theme";
import { percent } from "../words/number";
import { Figure } from "./figure";
import { filtered } from "./filter-picker";
import { LISTS, type Which } from "./lists";
import { ReachBar } from "./reach-bar";

export function Cards({ coverage, ask }: { coverage: Coverage; ask: Ask }) {
  const { total, division } = coverage;
  const figure = (which: Which) => <Figure figures={total} which={which} ask={ask} of={division.name} />;
  return (
    <div className="cards" data-testid="cards">
      <Card className="card-main">
        <div className="main-row">
          <Big label="应访" hint="在册、健在，时间窗口最后一天由本辖区负责的人" value={figure("denominator")} />
          <Big label="已遍访" hint="见到本人或家属，且走访方式计入遍访；同一人只计一次" value={figure("reached")} />
          <Big label="覆盖率" value={<span data-testid="rate">{percent(total.reached, total.denominator)}</span>} />
        </div>
        {total.entered_after > 0 && (
          <p className="card-note" data-testid="entered-after">
            应访中有 {figure("entered_after")} 人是 {coverage.to} 以后才录入的；那时的名册里还没有他们
          </p>
        )}
        <ReachBar figures={total} thick />
        <dl className="ways">
          <Way color={COLOR.inPerson} label={LISTS.in_person} value={figure("in_person")} />
          <Way color={COLOR.remote} label={LISTS.remote} value={figure("remote")} />
          <Way color={COLOR.family} label={LISTS.family} value={figure("family")} />
          <Way label="其中未审" hint="走访记录都还没有审核的人；已计入已遍访" value={figure("unreviewed")} />
          {total.assumed > 0 && (
            <Way
              label="其中推定"
              hint="只有推定的走访：导入的表格没有写方式或结果，按统一的推定计入"
              value={figure("assumed")}
            />
          )}
        </dl>
      </Card>
      <Side
        label={LISTS.not_yet}
        value={figure("not_yet")}
        note={filtered(ask) ? "没有符合筛选的联系" : "这段时间没有任何联系"}
      />
      <Side label={LISTS.tried} value={figure("tried")} note="去过或打过电话，没有见到" color={COLOR.tried} />
      <Side label="待核（条）" value={figure("held")} note="等人核对的记录，不计入其他数字" />
    </div>
  );
}

function Hinted({ text, hint }: { text: string; hint: string | undefined }) {
  if (!hint) return text;
  return (
    <Tooltip title={hint}>
      <span className="hinted">{text}</span>
    </Tooltip>
  );
}

function Big({ label, value, hint }: { label: string; value: ReactNode; hint?: string }) {
  return (
    <div className="big">
      <span className="big-label">
        <Hinted text={label} hint={hint} />
      </span>
      <span className="big-value">{value}</span>
    </div>
  );
}

function Way({ color, label, value, hint }: { color?: string; label: string; value: ReactNode; hint?: string }) {
  return (
    <div>
      <dt>
        {color && <i style={{ background: color }} />}
        <Hinted text={label} hint={hint} />
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

function Side({ label, value, note, color }: { label: string; value: ReactNode; note: string; color?: string }) {
  return (
    <Card className="card-side">
      <span className="big-label">
        {color && <i style={{ background: color }} />}
        {label}
      </span>
      <span className="big-value">{value}</span>
      <span className="card-note">{note}</span>
    </Card>
  );
}
