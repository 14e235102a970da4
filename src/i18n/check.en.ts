/** Texts of the panel “check”. Markup as in timeline.en.ts. */
export const checkEn = {
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
} as const;
