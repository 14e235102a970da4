import type { spectrumEn } from './spectrum.en';

export const spectrumZh: Record<keyof typeof spectrumEn, string> = {
  'spectrum.title': '因子、上界与指数',
  'spectrum.about':
    '每往回一步就乘以 J_t = diag *f*′(*a*_t) *W*_h，因此恒有 ‖∂*h*_s/∂*h*_k‖ ≤ (γσ_{max})^{s−k}。γσ_{max} < 1 是梯度消失的充分条件。ρ(*W*_h) 只约束长期行为。',
  'spectrum.factor': '实测每步因子',
  'spectrum.halfLife': '半衰期（步）',
  'spectrum.doubling': '倍增时间（步）',
  'spectrum.bound': '上界 γσ_{max}(*W*_h)',
  'spectrum.horizon': '超出 {format} 范围',
  'spectrum.never': '不会',
  'spectrum.after': '{steps} 步之后',
  'spectrum.radius': 'ρ(*W*_h)',
  'spectrum.sigma': 'σ_{max}(*W*_h)',
  'spectrum.exponents': '最大的几个李雅普诺夫指数（每步，自然对数）',
  'spectrum.chaotic': 'λ_1 > 0：相邻状态彼此分离，长乘积不断增大。',
  'spectrum.contracting': 'λ_1 ≤ 0：相邻状态不会分离，长乘积不会增大。',
};
