// Asks what to export: ledger, form, days, and why if numbers are wanted in full. The server decides and logs; it masks
// unless it is asked not to.
import { useMutation } from "@tanstack/react-query";
import { App, Checkbox, DatePicker, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ExportAsk, exported } from "../api/client";
import { useMay } from "../session/use-session";
import { FormDialog } from "../shell/form-dialog";
import { CATEGORY } from "../words/codes";
import { LEDGERS, ledger } from "./ledgers";

/** What the page shows that the dialog is opened from. */
export interface Shown {
  division?: string | undefined;
  /** The division's name, to be read before sending. */
  place?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The ledger of the page; else the roster. */
  ledger?: string;
}

interface Props {
  shown: Shown;
  open: boolean;
  close: () => void;
}

interface Answers {
  ledger: string;
  format: "xlsx" | "csv";
  days: [Dayjs, Dayjs] | null;
  category?: string;
  full?: boolean;
  reason?: string;
}

export function ExportDialog({ shown, open, close }: Props) {
  const [form] = Form.useForm<Answers>();
  const { message } = App.useApp();
  const mayFull = useMay("EXPORT_FULL");
  const chosen = ledger(Form.useWatch("ledger", form) ?? "people");
  const full = Form.useWatch("full", form);
  const run = useMutation({
    mutationFn: (ask: ExportAsk) => exported(ask),
    gcTime: 0,
    onSuccess: (name) => {
      void message.success(`已导出 ${name}`);
      close();
    },
  });
  const submit = ({ ledger: name, format, days, category, full, reason }: Answers) => {
    const of = ledger(name);
    const [first, last] = (of?.days && days) || [];
    run.mutate({
      ledger: name,
      format: of?.printed ? "xlsx" : format,
      division: shown.division ?? null,
      from: first?.format("YYYY-MM-DD") ?? null,
      to: last?.format("YYYY-MM-DD") ?? null,
      category: category ?? null,
      full: full ?? false,
      reason: full ? (reason?.trim() ?? null) : null,
    });
  };
  return (
    <FormDialog<Answers>
      title="导出台账"
      note={`范围：${shown.place ?? "您管辖的全部区划"}。导出人、时间和范围会写在表头，并记入审计日志。`}
      ok="导出"
      open={open}
      close={close}
      form={form}
      first={{
        ledger: shown.ledger ?? "people",
        format: "xlsx",
        days: shown.from && shown.to ? [dayjs(shown.from), dayjs(shown.to)] : null,
      }}
      write={run}
      send={submit}
    >
      <Form.Item name="ledger" label="台账">
        <Select options={LEDGERS.map(({ value, label }) => ({ value, label }))} />
      </Form.Item>
      {!chosen?.printed && (
        <Form.Item name="format" label="格式">
          <Radio.Group
            options={[
              { value: "xlsx", label: "Excel（.xlsx）" },
              { value: "csv", label: "CSV（机器读取）" },
            ]}
          />
        </Form.Item>
      )}
      {chosen?.days && (
        <Form.Item name="days" label="时段（不选则不限）">
          <DatePicker.RangePicker />
        </Form.Item>
      )}
      <Form.Item name="category" label="人员类别（不选则全部）">
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={Object.entries(CATEGORY).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      {mayFull && (
        <Form.Item name="full" valuePropName="checked">
          <Checkbox>完整身份证号和电话（否则脱敏）</Checkbox>
        </Form.Item>
      )}
      {mayFull && full && (
        <Form.Item
          name="reason"
          label="导出事由"
          rules={[{ required: true, whitespace: true, message: "请写明导出事由" }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
