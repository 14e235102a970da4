import type { flowEn } from './flow.en';

export const flowZh: Record<keyof typeof flowEn, string> = {
  'flow.title': '结论',
  'flow.formula': '‖∂*L*/∂*h*_k‖ ≈ *r*^{T−k} ‖∂*L*/∂*h*_T‖，*r* ≤ *γσ*_{max}(*W*_h)',
  'flow.about':
    '每往回一步，误差就乘以 *J*_t^T = *W*_h^T diag *f* ′(*a*_t)，*r* 是实测的每步因子。若损失分布在许多步上，每一步都会注入自己的误差，因此 *r* 改用单独回传的单位误差来测量。',

  'flow.measured': '实测',
  'flow.regime': '判定',
  'flow.factor': '每步因子 *r*',
  'flow.halfLife': '减半需',
  'flow.doubling': '翻倍需',
  'flow.steps': '{count} 步',
  'flow.on': '测量对象',
  'flow.onGradient': '‖∂*L*/∂*h*_t‖',
  'flow.onUnitError': '单位误差',
  'flow.over': '测量区间',
  'flow.stretch': '*t* = {to} … {from}',
  'flow.stretchCut': '*t* = {to} … {from}（止于截断处）',

  'flow.compared': '往回一步的三种衡量',
  'flow.factorSays': '本次运行的平均值，不会超过上界。',
  'flow.bound': '*γσ*_{max}(*W*_h) = {gamma} · {sigma}',
  'flow.boundSays':
    '上界：往回任何一步的倍数都不超过它。小于 1 时误差必然消失；大于 1 时未必爆炸。',
  'flow.radius': '*ρ*(*W*_h)',
  'flow.radiusSays': '只看 *W*_h（设 *f* ′ = 1），步数极多时的每步因子；步数不多时乘积可能先增大。',

  'flow.formats': '各种浮点格式下的梯度',
  'flow.formatsCaption':
    '从 *t* = {to} 往回，范数在多少步后丢失有效位、多少步后变为 0 或 ∞；以及 ‖∂*L*/∂*h*_{{from}}‖ 在各格式下的值。',
  'flow.format': '格式',
  'flow.loses': '丢失有效位',
  'flow.gone': '0 或 ∞',
  'flow.reads': '表示为',
  'flow.true': '真值',
  'flow.after': '{steps} 步后',
  'flow.infinityAfter': '{steps} 步后 ∞',
  'flow.zeroAfter': '{steps} 步后 0',
  'flow.bits': '{of} 位剩 {bits} 位',

  'flow.sent': '单独回传一个单位误差',
  'flow.sentFrom': '从第几步回传',
  'flow.fromPlayhead': '从播放头处',
  'flow.drawn': '在梯度轨道上画出它的曲线',
  'flow.arrives': '到达 *t* = {step} 时',
};
