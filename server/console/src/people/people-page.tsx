// 人员查找: people by name or by the end of an id number, from the keyboard alone if wanted.
import { SearchOutlined } from "@ant-design/icons";
import { Card, Input, Segmented, Space } from "antd";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { usePeople } from "../api/queries";
import { ExportButton } from "../export/export-button";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { useHere } from "../shell/use-here";
import { useTitle } from "../shell/use-title";
import { REGISTER, word } from "../words/codes";
import { count } from "../words/number";
import { FoundTable } from "./found-table";
import "./people.css";

/** Shorter than a pause for thought, longer than the time between two keys of an input method. */
const PAUSE_MS = 250;

/** In the order in which somebody comes into the register and leaves it. */
const STATES = ["DRAFT", "REVIEWING", "REJECTED", "ACTIVE", "REMOVED"];

export function PeoplePage() {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const search = params.get("search") ?? "";
  const [typed, setTyped] = useState(search);
  const [active, setActive] = useState(0);
  const division = params.get("division") ?? undefined;
  const register = params.get("register") ?? "";
  const answer = usePeople(search, division, register);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = answer.data?.pages[0]?.counts ?? [];
  const states = [
    { value: "", label: "全部" },
    ...STATES.map((value) => {
      const there = counts.find((one) => one.register === value)?.count ?? 0;
      return { value, label: `${word(REGISTER, value)} ${count(there)}` };
    }),
  ];
  useTitle("人员查找");
  const here = useHere();

  // Back and forward change the address under the box.
  useEffect(() => setTyped(search), [search]);

  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === search) return;
    const timer = setTimeout(() => here() && setParams(choosing("search", wanted), { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, setParams, here]);

  const pressed = (event: React.KeyboardEvent<HTMLInputElement>) => {
    // Keys that choose among the words of an input method are not ours.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((at) => Math.min(Math.max(at + step, 0), Math.max(rows.length - 1, 0)));
    }
    if (event.key !== "Enter") return;
    const chosen = rows[active];
    // Rows of the word before must not be opened for the word now typed.
    if (typed.trim() !== search) setParams(choosing("search", typed.trim()), { replace: true });
    else if (chosen && !answer.isPlaceholderData) navigate(`/people/${chosen.id}`);
  };

  return (
    <>
      <div className="head">
        <h1>人员查找</h1>
        <Space>
          <span className="quiet">↑ ↓ 选择，回车打开</span>
          <ExportButton shown={{ division, place: division && "名单所选的区划" }} />
        </Space>
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <div className="find">
          <Input
            size="large"
            data-search
            autoFocus
            allowClear
            aria-label="查找人员"
            placeholder="姓名，或姓名的拼音"
            prefix={<SearchOutlined />}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
            }}
            onKeyDown={pressed}
          />
          <Segmented
            aria-label="登记状态"
            className="states"
            options={states}
            value={register}
            onChange={(value: string) => {
              setActive(0);
              setParams(choosing("register", value), { replace: true });
            }}
          />
        </div>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <FoundTable rows={rows} active={active} search={search} register={register} loading={answer.isPending} />
            <LoadMore answer={answer} shown={rows.length} />
          </>
        )}
      </Card>
    </>
  );
}

function choosing(name: string, value: string) {
  return (params: URLSearchParams) => {
    if (value) params.set(name, value);
    else params.delete(name);
    return params;
  };
}
