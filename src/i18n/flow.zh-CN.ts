import type { flowEn } from './flow.en';

export const flowZh: Record<keyof typeof flowEn, string> = {
  'flow.title': '结论',
  'flow.formula': '‖∂*L*/∂*h*_k‖ ≈ *r*^{T−k} ‖∂*L*/∂*h*_T‖，  *r* ≤ γσ_{max}(*W*_h)',
  'flow.about':
    '每往回一步，误差就乘以 *J*_t^T = *W*_h^T diag *f*′(*a*_t)。*r* 是实测的每步因子；上界 γσ_{max} 恒成立，ρ(*W*_h) 只约束长乘积。',
};
