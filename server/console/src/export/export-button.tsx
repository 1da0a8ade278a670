// 导出: opens the dialog for what the page shows.
import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { ExportDialog, type Shown } from "./export-dialog";

export function ExportButton({ shown }: { shown: Shown }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        导出
      </Button>
      <ExportDialog shown={shown} open={open} close={() => setOpen(false)} />
    </>
  );
}
