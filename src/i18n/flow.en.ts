/** Texts of the panel “Verdict”. Markup as in timeline.en.ts. */
export const flowEn = {
  'flow.title': 'Verdict',
  'flow.formula': '‖∂*L*/∂*h*_k‖ ≈ *r*^{T−k} ‖∂*L*/∂*h*_T‖,  *r* ≤ γσ_{max}(*W*_h)',
  'flow.about':
    'Each step back multiplies the error by *J*_t^T = *W*_h^T diag *f*′(*a*_t). *r* is the measured factor per step; the bound γσ_{max} holds always, ρ(*W*_h) only for long products.',
} as const;
