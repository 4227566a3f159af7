export const placement = {
  title: '为何放在这里',
  candidates: '{{name}}的候选云平台',
  chosen: '选定',
  decided: '审批时的选择',
  wouldBe: '此刻的试算',
  gone: '已不再接入',
  score: '得分',
  scores: '得分构成',
  nowhere: '此刻没有符合条件的云平台。',
  whyNot: '共比较 {{count}} 个资源池，未入选的原因：',
  reason: '{{reason}}（{{count}} 个资源池）',
}
