/** The gradient laboratory: the panels on the right and the examples. Markup as in timeline.en.ts. */
export const labEn = {
  'lab.tabs': 'Panels',
  'lab.tab.step': 'Step',
  'lab.tab.lag': 'Lag map',
  'lab.tab.spectrum': 'Spectrum',
  'lab.tab.check': 'Check',
  'lab.computing': 'Computing…',
  'lab.cancel': 'Cancel',
  'lab.cancelled': 'Cancelled.',
  'lab.again': 'Again',

  'check.title': 'Are the numbers right?',
  'check.about':
    'Everything the engine computed in float32 is computed again in float64. The error is max |engine − reference| / max |reference|, per row of each array. Up to 10^{−4} is good, up to 10^{−2} fair.',
  'check.good': 'largest relative error',
  'check.fair': 'largest relative error: fair',
  'check.bad': 'largest relative error: wrong',
  'check.trajectory':
    'Compared over the whole pass. Largest Lyapunov exponent: {exponent} per step.',
  'check.ownStates':
    'The two trajectories part (largest Lyapunov exponent {exponent} per step), so each step was checked from the engine’s own states.',
  'check.array': 'Array',
  'check.error': 'Error',
  'check.where': 'Where',
  'check.engine': 'Engine',
  'check.reference': 'float64',
  'check.difference': 'Difference',
  'check.gradient': 'Gradient',
  'check.differences': 'Central differences',
  'check.differencesAbout':
    '(*L*(θ+ε) − *L*(θ−ε)) / 2ε of the forward pass alone, for sampled parameters. It uses no backward pass at all. “?” marks where the difference itself is too uncertain.',

  'lag.title': 'Lag map',
  'lag.about':
    'How much of the loss at step *s* arrives at step *k*: ‖∂ℓ_s/∂*h*_k‖, on a logarithmic scale. Rows are losses, columns the steps they reach. Hatched means exactly zero.',
  'lag.tooLong': 'T = {T} is more than this map draws ({most}). Shorten the sequence.',
  'lag.mapLabel': 'Lag map. Up and down choose the loss, left and right the step it reaches.',
  'lag.legend': 'From {low} (faint) to {high} (strong)',
  'lag.reading': 'The loss at step {s} reaches step {k} with {value}.',
  'lag.holding': '90 % of the gradient comes from lags ≤ {lag}.',
  'lag.lag': 'Lag',
  'lag.mean': 'Root mean square',
  'lag.cumulative': 'Up to here',
  'lag.identity':
    'The map’s vectors times *h*_{k−1}, added up, give ∂*L*/∂*W*_h: relative error {error}.',

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

  'preset.menu': 'Examples',
  'preset.radius': 'The spectral radius lies',
  'preset.radiusAbout':
    'ρ = 0.9, yet the gradient grows first: a non-normal W_h can amplify short products.',
  'preset.saturation': 'Saturation',
  'preset.saturationAbout':
    'ρ = 3, yet the gradient vanishes: tanh is pushed into its flat ends, where f′ is almost zero.',
  'preset.orthogonal': 'Orthogonal, and still it decays',
  'preset.orthogonalAbout': 'Every singular value of W_h is 1, but tanh′ < 1 shrinks each step.',
  'preset.irnn': 'IRNN',
  'preset.irnnAbout': 'W_h = I with ReLU: an active unit passes its error back unchanged.',
  'preset.exploding': 'Exploding',
  'preset.explodingAbout': 'Orthogonal times 1.2, linear: ×1.2 per step, exactly.',
  'preset.scalar': 'Scalar chain',
  'preset.scalarAbout': 'One linear unit with w = 0.5: the gradient halves at every step.',
} as const;
