// Fields that acts on a plaque have in common: why, the old plaque, how the new one hangs and where it came from.
import { Form, Input, Radio, Select } from "antd";
import { type Plaque, type PlaqueOffer, useStock } from "../api/plaques";
import { useMay } from "../session/use-session";
import { POSITION } from "../words/codes";
import { PLAQUE_REASON } from "../words/plaques";

/** Which shipped reasons an act is done for; reasons of the bureau's own are offered with each. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  CANCEL: ["CRIMINAL", "PUBLIC_ORDER", "DISMISSED"],
  RESTORE: ["CORRECTED"],
  REPLACE: ["MOVED_HOME", "MOVED_HUKOU", "AGED", "BROKEN"],
  MARK_DUE: ["MOVED_HOME", "MOVED_HUKOU", "AGED", "BROKEN"],
  TAKE_BACK: ["MOVED_HOME", "MOVED_HUKOU", "AGED", "BROKEN", "CRIMINAL", "PUBLIC_ORDER", "DISMISSED"],
  REPORT_LOST: ["LOST"],
  REISSUE: ["LOST"],
};

const SHIPPED = new Set(Object.values(FITS).flat());

export function Reason({ act }: { act: string }) {
  const fits = FITS[act];
  if (!fits) return null;
  const options = Object.entries(PLAQUE_REASON)
    .filter(([code]) => fits.includes(code) || !SHIPPED.has(code))
    .map(([value, label]) => ({ value, label }));
  // Of all acts a cancellation alone cannot be without (event.rs, check): the reason says whether it can be restored.
  const needed = act === "CANCEL";
  return (
    <Form.Item
      name="reason"
      label={needed ? "事由" : "事由（可不填）"}
      rules={[{ required: needed, message: "请选择事由" }]}
      extra={needed && "只有因治安处罚取消的，改正后可以恢复。"}
    >
      <Select allowClear={!needed} options={options} />
    </Form.Item>
  );
}

/** `asked`: whether the exception is not asked for another reason already. */
export function OldPlaque({ asked }: { asked: boolean }) {
  const county = useMay("COUNTY");
  const missing = Form.useWatch("old") === "NOT";
  return (
    <>
      <Form.Item name="old" label="旧牌" rules={[{ required: true, message: "请选择旧牌是否交回" }]}>
        <Radio.Group
          options={[
            { value: "BACK", label: "已交回" },
            { value: "NOT", label: county ? "未交回，县局批准例外" : "未交回，报县局核定" },
          ]}
        />
      </Form.Item>
      {missing && county && asked && (
        <Form.Item
          name="exception"
          label="县局批准例外的理由"
          rules={[{ required: true, whitespace: true, message: "请写明例外理由" }]}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} placeholder="例如：房屋失火烧毁，残片已拍照" />
        </Form.Item>
      )}
    </>
  );
}

export function Hanging() {
  const signed = Form.useWatch("signed") as boolean | undefined;
  return (
    <>
      <Form.Item name="position" label="悬挂位置" rules={[{ required: true, message: "请选择悬挂位置" }]}>
        <Radio.Group options={Object.entries(POSITION).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="hanger" label="悬挂人" rules={[{ required: true, whitespace: true, message: "请填写悬挂人" }]}>
        <Input maxLength={40} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="signed" label="家属签字">
        <Radio.Group
          options={[
            { value: true, label: "已签字" },
            { value: false, label: "未签字" },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="signature"
        label={signed ? "签字人" : "未签字的原因"}
        rules={[{ required: true, whitespace: true, message: signed ? "请填写签字人" : "请写明未签字的原因" }]}
      >
        <Input maxLength={100} style={{ width: 320 }} />
      </Form.Item>
    </>
  );
}

/** The lot it is taken from, and the approved request it fulfils. */
export function Store({ plaque, offer }: { plaque: Plaque; offer: PlaqueOffer }) {
  const lots = useStock(undefined).data?.rows.filter((lot) => lot.counts && lot.left > 0) ?? [];
  const requests = plaque.requests.filter((one) => one.state === "COUNTY_OK" || one.state === "ISSUED");
  return (
    <>
      {offer.act === "ISSUE" && (
        <Form.Item name="receiver" label="领取人（可不填）">
          <Input maxLength={40} style={{ width: 200 }} />
        </Form.Item>
      )}
      <Form.Item name="lot" label="从哪一批取（可不填）">
        <Select
          allowClear
          options={lots.map((lot) => ({
            value: lot.lot,
            label: `${lot.day ?? ""} ${lot.division?.name ?? ""}，剩 ${lot.left} 块`,
          }))}
        />
      </Form.Item>
      {requests.length > 0 && (
        <Form.Item name="request" label="办结哪个申请（可不选）">
          <Select
            allowClear
            options={requests.map((one) => ({
              value: one.id,
              label: `${one.applied_on ?? ""} ${one.applicant ?? ""}`,
            }))}
          />
        </Form.Item>
      )}
    </>
  );
}
