// A day of a form, today at the latest. Enter takes the day that was typed and does not send the form: a browser sends a form
// with one text field at the first Enter.
import { DatePicker, Form } from "antd";
import dayjs from "dayjs";

interface Props {
  name: string;
  label: string;
  /** What is said when it is left blank; none: it may be. */
  needed?: string;
}

export function DayField({ name, label, needed }: Props) {
  return (
    <Form.Item name={name} label={label} rules={needed ? [{ required: true, message: needed }] : []}>
      <DatePicker
        allowClear={!needed}
        disabledDate={(day) => day.isAfter(dayjs())}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
        style={{ width: 190 }}
      />
    </Form.Item>
  );
}
