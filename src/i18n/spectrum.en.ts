/** Texts of the panel “spectrum”. Markup as in timeline.en.ts. */
export const spectrumEn = {
  'spectrum.title': 'Factor, bound, exponents',
  'spectrum.about':
    'Each step back multiplies by J_t = diag *f*′(*a*_t) *W*_h, so ‖∂*h*_s/∂*h*_k‖ ≤ (γσ_{max})^{s−k}, always. γσ_{max} < 1 is enough for vanishing. ρ(*W*_h) bounds only the long run.',
  'spectrum.factor': 'Measured per step back',
  'spectrum.halfLife': 'Half-life (steps)',
  'spectrum.doubling': 'Doubling time (steps)',
  'spectrum.bound': 'Bound γσ_{max}(*W*_h)',
  'spectrum.horizon': 'Leaves {format}',
  'spectrum.never': 'never',
  'spectrum.after': 'after {steps} steps',
  'spectrum.radius': 'ρ(*W*_h)',
  'spectrum.sigma': 'σ_{max}(*W*_h)',
  'spectrum.exponents': 'Largest Lyapunov exponents (ln per step)',
  'spectrum.chaotic': 'λ_1 > 0: neighbouring states part, and long products grow.',
  'spectrum.contracting':
    'λ_1 ≤ 0: neighbouring states do not part, and long products do not grow.',
} as const;
