// 列对应: what each column of a sheet is taken for, beside its first cells, to be said better by hand. What is said is kept for the
// next file, and the sheet is read anew by it.
import { TableOutlined } from "@ant-design/icons";
import { Alert, Button, Modal, Select, Space, Table, type TableColumnsType, Upload } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Columns, useColumns, useMapColumns } from "../api/columns";
import type { Import } from "../api/imports";
import { asProblem } from "../api/problem";

type Column = Columns["columns"][number];

/** Of a column that is none of the ledger's. */
const OWN = { value: "", label: "不对应，按原表头保存" };

/** What a sheet must have and has not, by our own titles. */
function missing({ needed, fields }: Columns, keys: readonly string[]): string[] {
  const absent = needed.filter((group) => !group.some((key) => keys.includes(key)));
  const title = (key: string | undefined) => fields.find((field) => field.key === key)?.title ?? "";
  return absent.map((group) => title(group[0]));
}

function Mapped({ ledger, file, close }: { ledger: string; file: File; close: () => void }) {
  const answer = useColumns(ledger, file);
  const map = useMapColumns(ledger, file);
  const navigate = useNavigate();
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map());
  if (answer.error) return <Alert type="error" showIcon title={asProblem(answer.error).title} />;
  const data = answer.data ?? { columns: [], fields: [], needed: [] };
  const key = (column: Column) => said.get(column.header) ?? column.key ?? "";
  const options = [OWN, ...data.fields.map((field) => ({ value: field.key, label: field.title }))];
  const shown: TableColumnsType<Column> = [
    {
      title: "列",
      width: 110,
      render: (_, column) => <span className="mono">{[column.sheet, column.at].join(" ")}</span>,
    },
    { title: "表头", dataIndex: "header", width: 160 },
    { title: "前几格", render: (_, column) => <span className="quiet">{column.samples.join("、")}</span> },
    {
      title: "对应",
      width: 220,
      render: (_, column) => (
        <Select
          aria-label={`${column.header}对应`}
          showSearch={{ optionFilterProp: "label" }}
          options={options}
          value={key(column)}
          onChange={(value) => setSaid(new Map(said).set(column.header, value))}
          style={{ width: 200 }}
        />
      ),
    },
  ];
  const absent = answer.data ? missing(answer.data, data.columns.map(key)) : [];
  const shows = (made: Import) => {
    close();
    navigate(`/imports/${made.id}`);
  };
  const read = () => map.mutate(said, { onSuccess: shows });
  return (
    <Space orientation="vertical" size={12} style={{ width: "100%" }} data-testid="columns">
      <Table
        rowKey={(column) => `${column.sheet}!${column.at}`}
        size="small"
        columns={shown}
        dataSource={data.columns}
        loading={answer.isLoading}
        pagination={false}
        scroll={{ y: 420 }}
        locale={{ emptyText: "这个文件里没有可以对应的列" }}
      />
      {absent.length > 0 && <Alert type="warning" showIcon title={`还缺：${absent.join("、")}`} />}
      {map.error && <Alert type="error" showIcon title={asProblem(map.error).title} />}
      <Space>
        <Button type="primary" disabled={said.size === 0} loading={map.isPending} onClick={read}>
          保存并重新读取
        </Button>
        <span className="quiet">下次导入同样的表头时照此读取</span>
      </Space>
    </Space>
  );
}

/** `file`: the sheet, where it is still at hand. */
export function MapColumns({ ledger, file }: { ledger: string; file: File | undefined }) {
  const [open, setOpen] = useState<File>();
  const button = (
    <Button icon={<TableOutlined />} {...(file && { onClick: () => setOpen(file) })}>
      列对应
    </Button>
  );
  const choose = (chosen: File) => {
    setOpen(chosen);
    return false;
  };
  return (
    <>
      {file ? (
        button
      ) : (
        <Upload accept=".xlsx,.xls,.ods,.csv,.txt" showUploadList={false} beforeUpload={choose}>
          {button} <span className="quiet">请选择当时导入的原文件</span>
        </Upload>
      )}
      <Modal
        title="列对应"
        open={open !== undefined}
        onCancel={() => setOpen(undefined)}
        footer={null}
        width={900}
        destroyOnHidden
      >
        {open && <Mapped ledger={ledger} file={open} close={() => setOpen(undefined)} />}
      </Modal>
    </>
  );
}
