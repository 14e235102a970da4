/** Texts of the panel “Spectrum”. Markup as in timeline.en.ts. */
export const spectrumEn = {
  'spectrum.title': 'Spectrum through time',
  'spectrum.formula':
    '∂*h*_t/∂*h*_k = *J*_t *J*_{t−1} … *J*_{k+1},  *J*_t = diag *f*′(*a*_t) *W*_h',
  'spectrum.about':
    'A change of *h*_k reaches *h*_t, and an error at *h*_t reaches *h*_k, through one product of Jacobians. Its singular values say how much each direction shrinks or grows. Eigenvalues of *W*_h tell the long run of the linear case only.',
  'spectrum.nothing': 'The state overflows at the first step: there is no trajectory to analyze.',
  'spectrum.overflow':
    'The state overflows at step {step}; everything here ends one step before it.',
  'spectrum.takes': 'This takes about {seconds} s at this size.',
  'spectrum.compute': 'Compute',

  'spectrum.eigenvalues': 'Eigenvalues of *W*_h',
  'spectrum.eigenvaluesAbout':
    'With *f*′ = 1, a state along an eigenvector is multiplied by its λ at every step. For a non-normal *W*_h short products can grow although ρ(*W*_h) < 1, up to σ_{max}^{n}.',
  'spectrum.plane':
    'Complex plane with {count} eigenvalues of *W*_h, {outside} of them outside the unit circle. Arrow keys read them one by one.',
  'spectrum.eigenvaluesTitle': 'Eigenvalues of *W*_h',
  'spectrum.circle':
    'Solid: the unit circle; that of radius σ_{max} lies outside the picture. Point at an eigenvalue or use the arrow keys; drag one to change *W*_h.',
  'spectrum.circles':
    'Solid: the unit circle. Dashed: the circle of radius σ_{max}. Point at an eigenvalue or use the arrow keys; drag one to change *W*_h.',
  'spectrum.eigenvalue': 'λ_{{index}} of {count}:',
  'spectrum.decays': 'decays, ×{factor} per step',
  'spectrum.grows': 'grows, ×{factor} per step',
  'spectrum.keeps': 'neither grows nor decays',
  'spectrum.flips': '; the sign flips at every step.',
  'spectrum.straight': '; no rotation.',
  'spectrum.turns': '; turns by {angle} rad per step, a round takes {period} steps.',
  'spectrum.radius': 'Spectral radius ρ(*W*_h)',
  'spectrum.radiusAbout': 'The greatest |λ|; the growth per step of long linear products.',
  'spectrum.sigma': 'σ_{max}(*W*_h)',
  'spectrum.sigmaAbout': 'The greatest factor of a single linear step.',
  'spectrum.condition': 'κ = σ_{max}/σ_{min}',
  'spectrum.conditionAbout': 'Condition number: how unequally one step treats directions.',
  'spectrum.henrici': 'Departure from normality',
  'spectrum.henriciAbout':
    'Henrici: √(‖W_h‖_F² − Σ|λ|²) / ‖W_h‖_F, 0 for a normal matrix, at most 1.',
  'spectrum.normal':
    '*W*_h is normal up to rounding: σ_{max} = ρ, and ‖*W*_h^{n}‖ = ρ^{n} for every *n*.',
  'spectrum.notNormal':
    '*W*_h is not normal: √(‖*W*_h‖_F^{2} − Σ|λ|^{2}) > 0, so σ_{max} > ρ is possible and products may grow before they shrink.',

  'spectrum.time': 'Singular values of ∂*h*_t/∂*h*_k',
  'spectrum.timeFormula': 'σ_i(∂*h*_t/∂*h*_k) ≤ (γσ_{max}(*W*_h))^{t−k}',
  'spectrum.timeAbout':
    'The bound holds always; ρ^{t−k} is no bound and is drawn for comparison. Click a step to move the playhead there.',
  'spectrum.from': 'From step k',
  'spectrum.fromLabel': 'From step *k*',
  'spectrum.fromStart': 'From step 0',
  'spectrum.fromPlayhead': 'From the playhead ({step})',
  'spectrum.step': 'step *t*',
  'spectrum.largest': 'largest',
  'spectrum.median': 'median',
  'spectrum.smallest': 'smallest',
  'spectrum.only': 'the only one',
  'spectrum.boundLine': '(γσ_{max})^{t−k}',
  'spectrum.radiusLine': 'ρ^{t−k}',
  'spectrum.productChart': 'Singular values of the product of Jacobians from step {from} to t',
  'spectrum.productAxis': 'σ of ∂*h*_t/∂*h*_{{from}}',
  'spectrum.stepChart': 'Singular values of the Jacobian of each step',
  'spectrum.stepAxis': 'σ of *J*_t',
  'spectrum.apart':
    'After {count} steps the largest and the smallest singular value differ by {decades} decades.',
  'spectrum.apartNonzero':
    'After {count} steps the largest and the smallest nonzero singular value differ by {decades} decades.',
  'spectrum.zeros':
    'From step {step} on the smallest is exactly 0 (dots on the lower edge): {zeros} of {H} directions are lost for good, because *f*′ = 0 or *W*_h is singular.',
  'spectrum.chiMeasured': 'Measured χ: mean ‖*J*_t‖_F^{2}/*H*',
  'spectrum.chiMeasuredAbout':
    'Mean over the steps shown: what the square of a random direction is multiplied by in one step.',

  'spectrum.exponents': 'Lyapunov exponents',
  'spectrum.exponentsFormula': '*J*_t *Q*_{t−1} = *Q*_t *R*_t,  λ_i = mean of ln |*R*_{t,ii}|',
  'spectrum.exponentsAbout':
    'The running means show whether *T* is long enough: they have to level off. First steps can be left out, so that a transient does not count.',
  'spectrum.skip': 'Leave out first steps',
  'spectrum.exponentsChart': 'Running means of the largest Lyapunov exponents',
  'spectrum.exponentsAxis': 'λ, natural log per step',
  'spectrum.chaotic':
    'λ_1 > 0: neighbouring states part. Where the states stay bounded, this is chaos.',
  'spectrum.contracting':
    'λ_1 ≤ 0: neighbouring states do not part; long products do not grow exponentially.',
  'spectrum.dead': 'λ_1 = −∞: some *J*_t is 0, and nothing passes it.',
  'spectrum.sum': 'Σλ_i, all {H}',
  'spectrum.determinant': 'Mean ln |det *J*_t|',
  'spectrum.difference': 'Difference (rounding only)',

  'spectrum.critical': 'Critical condition: stated and observed',
  'spectrum.criticalFormula':
    '*q*^∗ = σ_w^{2} E[*f*(√*q*^∗ *z*)^{2}] + σ_b^{2},  χ = σ_w^{2} E[*f*′(√*q*^∗ *z*)^{2}],  critical: χ = 1',
  'spectrum.criticalAbout':
    'Mean-field theory of a wide network with Gaussian *W*_h says that small changes grow at the rate ½ ln χ per step. The inputs act on *a*_t like a bias that changes, so σ_b is taken from *W*_x *x*_t + *b*.',
  'spectrum.reservation.array':
    'The theory is for wide Gaussian *W*_h; this one was given by hand, so only its mean square enters.',
  'spectrum.reservation.edited':
    'The theory is for wide Gaussian *W*_h; this one has entries set by hand, so only its mean square enters.',
  'spectrum.reservation.initialiser':
    'The theory is for wide Gaussian *W*_h; this one is “{kind}”, so only its mean square enters, and χ need not fit.',
  'spectrum.reservation.narrow':
    'The theory is for wide *W*_h; with *H* = {H} one draw may differ much from it.',
  'spectrum.sigmaW': 'σ_w of *W*_h',
  'spectrum.sigmaWAbout': 'Square root of ‖W_h‖_F²/H, that is of H times the mean square entry.',
  'spectrum.sigmaB': 'σ_b with the inputs',
  'spectrum.sigmaBAbout': 'Root mean square of W_x x_t + b over steps and units.',
  'spectrum.q': '*q*^∗, mean square of *a*_t',
  'spectrum.chi': 'χ stated',
  'spectrum.phase.ordered': 'ordered',
  'spectrum.phase.critical': 'critical',
  'spectrum.phase.chaotic': 'chaotic',
  'spectrum.phase.unbounded': 'unbounded',
  'spectrum.halfLogChi': '½ ln χ per step, stated',
  'spectrum.observed': 'λ_1 per step, observed',
  'spectrum.observedAbout': 'The largest Lyapunov exponent above.',
  'spectrum.unbounded':
    '*q*^∗ = ∞: with this activation and σ_w the states grow without end; χ is the limit for large *q*.',
  'spectrum.criticalSigma': 'Critical σ_w at this σ_b',
  'spectrum.criticalSigmaAbout': 'With this σ_w, χ would be 1.',
  'spectrum.noCritical':
    'No σ_w reaches χ = 1 at a finite *q*^∗ with this activation and this σ_b.',
} as const;
