// Requests for another plaque, the longest waiting first, with whose opinion comes next.
import { PrinterOutlined } from "@ant-design/icons";
import { App, Button, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { openForm, type RequestRow, useRequests } from "../api/plaques";
import { asProblem } from "../api/problem";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { Failure } from "../shell/failure";
import { word } from "../words/codes";
import { ASK, REQUEST_STATE } from "../words/plaques";

/** What the button of an opinion says; which are possible is the server's answer. */
const OPINION: Readonly<Record<string, string>> = {
  VILLAGE_OK: "村（社区）同意",
  TOWN_OK: "乡镇同意",
  COUNTY_OK: "县局批准",
  REJECTED: "退回",
};

const opinion = (row: RequestRow, step: string, label: string, at = Date.now()): Question => ({
  title: `${label}：${row.head_name ?? ""} ${word(ASK, row.ask)}`,
  note: "意见连同姓名和时间写入申请表，写错的可以作废重写。",
  ok: label,
  danger: step === "REJECTED",
  label: "意见",
  write: (words) => ({
    kind: "plaque_request_step",
    act: { act: "record", fields: { request: row.id, step, opinion: words, at } },
  }),
});

export function RequestsTable() {
  const [params] = useSearchParams();
  const answer = useRequests(params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const { message } = App.useApp();
  const print = (row: RequestRow) => openForm(row.id).catch((error) => message.error(asProblem(error).title));
  const columns: TableColumnsType<RequestRow> = [
    { title: "申请日期", width: 120, render: (_, row) => <span className="mono">{row.applied_on ?? "—"}</span> },
    { title: "户主", width: 110, render: (_, row) => row.head_name ?? "—" },
    { title: "区划", width: 130, render: (_, row) => row.division?.name ?? "—" },
    { title: "事项", width: 100, render: (_, row) => word(ASK, row.ask) },
    { title: "申请人与理由", render: (_, row) => [row.applicant, row.reason].filter(Boolean).join("：") },
    { title: "进度", width: 160, render: (_, row) => <Tag>{word(REQUEST_STATE, row.state)}</Tag> },
    {
      title: "",
      width: 300,
      render: (_, row) => {
        return (
          <Space wrap>
            {row.may.map((step) => (
              <Button
                key={step}
                danger={step === "REJECTED"}
                onClick={() => ask(opinion(row, step, OPINION[step] ?? word(REQUEST_STATE, step)))}
              >
                {OPINION[step] ?? word(REQUEST_STATE, step)}
              </Button>
            ))}
            <Button icon={<PrinterOutlined />} onClick={() => void print(row)}>
              申请表
            </Button>
          </Space>
        );
      },
    },
  ];
  if (answer.isError && !answer.data) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <>
      <Table
        data-testid="requests"
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={answer.data?.rows ?? []}
        pagination={false}
        loading={answer.isPending}
        scroll={{ x: 1000 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description="没有更换、补发申请；村站在手机上登记后出现在这里"
            />
          ),
        }}
      />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}
