// The days that figures are asked for: the year's usual stretches by name, or any two days.
import { DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { today } from "../words/time";
import { choices } from "./window";

interface Props {
  from: string;
  to: string;
  change: (from: string, to: string) => void;
}

export function WindowPicker({ from, to, change }: Props) {
  const all = choices(today());
  const chosen = all.find((choice) => choice.from === from && choice.to === to)?.key ?? "own";
  return (
    <div className="window">
      <Segmented
        aria-label="时间窗口"
        value={chosen}
        options={[
          ...all.map(({ key, label, from, to }) => ({ value: key, label, tooltip: `${from} 至 ${to}` })),
          ...(chosen === "own" ? [{ value: "own", label: "自选" }] : []),
        ]}
        onChange={(key) => {
          const choice = all.find((choice) => choice.key === key);
          if (choice) change(choice.from, choice.to);
        }}
      />
      <DatePicker.RangePicker
        aria-label="自选日期"
        allowClear={false}
        value={[dayjs(from), dayjs(to)]}
        onChange={(days) => {
          const [first, last] = days ?? [];
          if (first && last) change(first.format("YYYY-MM-DD"), last.format("YYYY-MM-DD"));
        }}
      />
    </div>
  );
}
