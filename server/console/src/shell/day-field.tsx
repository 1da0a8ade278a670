// A day of a form: today at the latest, or for a deadline at the earliest. Enter takes the day that was typed and does not send the form: a browser sends a form
// with one text field at the first Enter.
import { DatePicker, Form } from "antd";
import dayjs from "dayjs";

interface Props {
  name: string;
  label: string;
  /** What is said when it is left blank; none: it may be. */
  needed?: string;
  /** A day to come, by which something is to be done. */
  ahead?: boolean;
  /** Whether it can be emptied; else where it may be left blank. */
  clear?: boolean;
}

export function DayField({ name, label, needed, ahead = false, clear = !needed }: Props) {
  return (
    <Form.Item name={name} label={label} rules={needed ? [{ required: true, message: needed }] : []}>
      <DatePicker
        allowClear={clear}
        disabledDate={(day) => (ahead ? day.isBefore(dayjs(), "day") : day.isAfter(dayjs()))}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
        style={{ width: 190 }}
      />
    </Form.Item>
  );
}
