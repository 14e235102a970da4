/** Texts of the panel “lag”. Markup as in timeline.en.ts. */
export const lagEn = {
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
} as const;
