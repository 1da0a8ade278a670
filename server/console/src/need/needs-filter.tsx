// Which needs are listed: by word, state, kind, urgency, place, and those past their day. Each choice stands in the address.
import { Checkbox, Select, Space } from "antd";
import { useSearchParams } from "react-router";
import type { Asked } from "../api/needs";
import { CountedChoice } from "../shell/counted-choice";
import { DivisionTree } from "../shell/division-tree";
import { TypedSearch } from "../shell/typed-search";
import { useParam } from "../shell/use-param";
import { NEED_STATE, NEED_TYPE, URGENCY } from "../words/needs";
import type { Table } from "../words/table";

/** What the page shows unless somebody asks for more: all that wait for an answer. */
const OPEN = "OPEN";
const ALL = "ALL";

/** What the address asks for. */
export function useAsked(): Asked {
  const [params] = useSearchParams();
  const of = (name: string) => params.get(name) ?? undefined;
  const state = of("state") ?? OPEN;
  return {
    search: of("search"),
    state: state === ALL ? undefined : state,
    need_type: of("need_type"),
    urgency: of("urgency"),
    overdue: of("overdue") === "1",
    division: of("division"),
  };
}

/** Whether anything but what waits is asked for. */
export const narrowed = ({ search, state, need_type, urgency, overdue, division }: Asked): boolean =>
  Boolean(search || need_type || urgency || overdue || division || (state && state !== OPEN));

interface Props {
  ask: Asked;
  counts: readonly { state: string; count: number }[] | undefined;
}

export function NeedsFilter({ ask, counts }: Props) {
  const [, choose] = useParam("state");
  const [, late] = useParam("overdue");
  const [division, place] = useParam("division");
  return (
    <Space className="find" orientation="vertical" size={12}>
      <Space wrap>
        <TypedSearch label="查找诉求" placeholder="姓名、拼音或诉求内容" />
        <Choice name="need_type" label="诉求类型" words={NEED_TYPE} />
        <Choice name="urgency" label="紧急程度" words={URGENCY} />
        <DivisionTree
          villages={false}
          clear
          label="区划"
          placeholder="全部区划"
          width={190}
          value={division}
          onChange={(chosen) => place(chosen ?? null)}
        />
        <Checkbox checked={ask.overdue === true} onChange={(event) => late(event.target.checked ? "1" : null)}>
          只看已超期
        </Checkbox>
      </Space>
      <CountedChoice
        label="进度"
        before={{ [OPEN]: "待办" }}
        words={NEED_STATE}
        counts={counts}
        value={ask.state ?? ""}
        choose={(state) => choose(state === OPEN ? null : state || ALL)}
      />
    </Space>
  );
}

function Choice({ name, label, words }: { name: string; label: string; words: Table }) {
  const [value, choose] = useParam(name);
  return (
    <Select
      aria-label={label}
      placeholder={`全部${label}`}
      allowClear
      options={Object.entries(words).map(([value, label]) => ({ value, label }))}
      value={value}
      onChange={(chosen: string | null | undefined) => choose(chosen ?? null)}
      style={{ width: 150 }}
    />
  );
}
