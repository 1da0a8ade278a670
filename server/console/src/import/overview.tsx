// What is said of a sheet as a whole, before any row: what failed altogether, and sheet by sheet how much was read.
import { Alert, Space } from "antd";
import type { ImportPage } from "../api/imports";
import { count } from "../words/number";
import { zh } from "../words/zh";

type Sheet = ImportPage["sheets"][number];

function One({ sheet }: { sheet: Sheet }) {
  const name = sheet.sheet || "表格";
  if (sheet.why)
    return <Alert type="warning" showIcon title={`${name}：${zh(sheet.why)}（${count(sheet.left_out)} 行）`} />;
  const parts = [
    `读取 ${count(sheet.read)} 行`,
    sheet.doubtful > 0 && `待核 ${count(sheet.doubtful)}`,
    sheet.refused > 0 && `不导入 ${count(sheet.refused)}`,
    sheet.left_out > 0 && `另有 ${count(sheet.left_out)} 行未读`,
  ];
  return (
    <span>
      <b>{name}</b> <span className="mono quiet">{sheet.places.join("、")}</span> {parts.filter(Boolean).join("，")}
    </span>
  );
}

export function Overview({ page }: { page: ImportPage }) {
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }} data-testid="overview">
      {page.alarms.map((alarm) => (
        <Alert key={alarm.message} type="error" showIcon title={zh(alarm.message)} />
      ))}
      {page.sheets.map((sheet) => (
        <One key={sheet.sheet} sheet={sheet} />
      ))}
      {page.import.notes.length > 0 && (
        <details>
          <summary>整表说明 {count(page.import.notes.length)} 条</summary>
          {page.import.notes.map((note) => (
            <div key={`${note.at}${note.code}`}>
              <span className="mono quiet">{note.at}</span> {zh(note.message)} {note.from && <b>{note.from}</b>}
            </div>
          ))}
        </details>
      )}
    </Space>
  );
}
