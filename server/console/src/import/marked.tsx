// The sheet as it was sent, with what became of each row: to be mended in a spreadsheet program and sent again. The server keeps no
// file, so the same one is sent once more; one that was chosen here just now is still at hand.
import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Space, Upload } from "antd";
import { type Import, sentFile, useMarked } from "../api/imports";
import { asProblem } from "../api/problem";

export function Marked({ one }: { one: Import }) {
  const marked = useMarked(one);
  const kept = sentFile(one.id);
  const button = (
    <Button
      icon={<DownloadOutlined />}
      loading={marked.isPending}
      {...(kept && { onClick: () => marked.mutate(kept) })}
    >
      下载标好结果的表格
    </Button>
  );
  return (
    <Space orientation="vertical" size={8} data-testid="marked">
      {kept ? (
        button
      ) : (
        <Upload
          accept=".xlsx,.xls,.ods,.csv,.txt"
          showUploadList={false}
          beforeUpload={(file) => {
            marked.mutate(file);
            return false;
          }}
        >
          {button} <span className="quiet">请选择当时导入的原文件</span>
        </Upload>
      )}
      {marked.error && <Alert type="error" showIcon title={asProblem(marked.error).title} />}
    </Space>
  );
}
