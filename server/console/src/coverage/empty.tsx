// Nothing to show yet, and what to do about it.
import { Alert, Empty } from "antd";

/** Nobody in the register. */
export function NoRegister() {
  return (
    <Empty
      className="empty"
      description={
        <>
          <b>这里还没有在册的服务对象</b>
          <p>
            请先由业务科室导入本地花名册（退役军人花名册、优抚对象名册），或在手机上登记新的服务对象并由乡镇审核；人员在册后，这里就会出现应访人数。
          </p>
        </>
      }
    />
  );
}

/** People, but no visit in the window. */
export function NobodyYet() {
  return (
    <Alert
      className="behind"
      type="info"
      showIcon
      title="这段时间还没有走访记录"
      description="在手机上登录遍访、记录走访并同步之后，数字会出现在这里；也可以在右上方换一个时间窗口。"
    />
  );
}
