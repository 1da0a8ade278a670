// The figures of the division itself: whom we owe a visit, who was reached and how, and what stands open.
import { Card, Tooltip } from "antd";
import type { ReactNode } from "react";
import type { Ask } from "../api/queries";
import type { Figures } from "../api/types";
import { COLOR } from "../theme";
import { count, percent } from "../words/number";
import { listAt } from "./ask";
import { Figure } from "./figure";
import { ReachBar } from "./reach-bar";

export function Cards({ total, ask }: { total: Figures; ask: Ask }) {
  return (
    <div className="cards">
      <Card className="card-main">
        <div className="main-row">
          <Big
            label="应访"
            hint="在册、健在，窗口最后一天由本辖区负责的人"
            value={<span>{count(total.denominator)}</span>}
          />
          <Big
            label="已遍访"
            hint="见到本人，或见到家属，且方式计入遍访；同一人只计一次"
            value={<Figure value={total.reached} to={listAt(ask, "reached")} label="已遍访" />}
          />
          <Big label="覆盖率" value={<span data-testid="rate">{percent(total.reached, total.denominator)}</span>} />
        </div>
        <ReachBar figures={total} thick />
        <dl className="ways">
          <Way color={COLOR.inPerson} label="见面" value={total.in_person} />
          <Way color={COLOR.remote} label="电话视频" value={total.remote} />
          <Way color={COLOR.family} label="只见家属" value={total.family} />
          <Way label="其中未审" value={total.unreviewed} hint="所有走访都还没有审核的人；已计入已遍访" />
        </dl>
      </Card>
      <Side
        label="未访"
        value={<Figure value={total.not_yet} to={listAt(ask, "not_yet")} label="未访" />}
        note="窗口内没有任何联系"
      />
      <Side
        label="走访未见"
        value={<Figure value={total.tried} to={listAt(ask, "tried")} label="走访未见" />}
        note="去过或打过电话，没有见到"
      />
      <Side
        label="待核"
        value={<Figure value={total.held} to={listAt(ask, "held")} label="待核" />}
        note="等人核对的记录，不计入左边的数字"
      />
    </div>
  );
}

function Big({ label, value, hint }: { label: string; value: ReactNode; hint?: string }) {
  return (
    <div className="big">
      <Tooltip title={hint}>
        <span className={hint ? "big-label hinted" : "big-label"}>{label}</span>
      </Tooltip>
      <span className="big-value">{value}</span>
    </div>
  );
}

function Way({ color, label, value, hint }: { color?: string; label: string; value: number; hint?: string }) {
  return (
    <div>
      <dt>
        {color && <i style={{ background: color }} />}
        <Tooltip title={hint}>
          <span className={hint ? "hinted" : undefined}>{label}</span>
        </Tooltip>
      </dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

function Side({ label, value, note }: { label: string; value: ReactNode; note: string }) {
  return (
    <Card className="card-side">
      <span className="big-label">{label}</span>
      <span className="big-value">{value}</span>
      <span className="card-note">{note}</span>
    </Card>
  );
}
