/** Texts of the panel “Lag map”. Markup as in timeline.en.ts. */
export const lagEn = {
  'lag.title': 'Lag map',
  'lag.formula': '∂ℓ_s/∂*h*_k = *J*_{k+1}^T *J*_{k+2}^T ⋯ *J*_s^T ∂ℓ_s/∂*h*_s',
  'lag.about':
    'How much of the loss at step *s* arrives at step *k*: the norm ‖∂(*w*_sℓ_s)/∂*h*_k‖ for every *s* ≥ *k*. Each row is one loss on its way back to the left. The gradient ∂*L*/∂*h*_k is the sum of a whole column, as vectors.',
  'lag.map': 'Each loss, each step',
  'lag.mapLabel':
    'Lag map. Up and down choose the loss, left and right the step it reaches, Enter pins the cell.',
  'lag.mapNote': '‖∂(*w*_sℓ_s)/∂*h*_k‖',
  'lag.rows': 'loss at step s ↓',
  'lag.columns': 'reaches step k →',
  'lag.sparse':
    'Only few steps have a loss, so most rows of the map are empty. A loss at every step fills it.',
  'lag.empty': 'No step has a loss, so the map is empty. A loss at every step fills it.',
  'lag.everyStep': 'Loss at every step',
  'lag.tooLong':
    'T = {T} is more than the map holds: up to T = {most} its T² numbers fit into memory.',
  'lag.shorten': 'Shorten to T = {T}',
  'lag.onRequest': 'The map has {cells} cells and takes about {seconds} s.',
  'lag.compute': 'Compute the map',
  'lag.quiet': 'Up to T = {most} it is computed unasked.',
  'lag.reading': 'The loss at step {s} reaches step {k} with {value}.',
  'lag.readingZero': 'The loss at step {s} does not reach step {k}: exactly 0.',
  'lag.readingCut':
    'The loss at step {s} does not reach step {k}: the cut before step {cut} stops it.',
  'lag.readingNoLoss': 'There is no loss at step {s} that could reach step {k}.',
  'lag.readingOverflow':
    'The state overflowed at step {step}: the loss at step {s} has no gradient.',
  'lag.keyZero': 'exactly 0',
  'lag.keyNoLoss': 'no loss at this step',
  'lag.keyOverflow': 'after the overflow',
  'lag.keyCut': 'cut',
  'lag.pinHint': 'Click a cell, or press Enter on it, to see the factors of its path.',
  'lag.path': 'From step {s} back to step {k}',
  'lag.goTo': 'Go to step {k}',
  'lag.unpin': 'Release',
  'lag.pathNone': 'The loss acts on its own step: there is no factor *J*_t on the way.',
  'lag.pathOverflow': 'The state overflowed on this path: it has no factors.',
  'lag.pathStale': 'The factors follow when the map is up to date.',
  'lag.pathBatch':
    'σ_{max} belongs to batch entry {entry} of {B}; the map’s norms take all of them together.',
  'lag.pathProduct': 'σ_{max}(∂*h*_s/∂*h*_k)',
  'lag.pathBound': '∏ σ_{max}(*J*_t)',
  'lag.pathAbout':
    'The product of the norms is only a bound: the directions that one step stretches most are not those of the next.',
  'lag.pathStep': '*t*',
  'lag.pathSigma': 'σ_{max}(*J*_t)',
  'lag.pathRatio': 'measured',
  'lag.pathNorm': '‖∂ℓ_s/∂*h*_{t−1}‖',
  'lag.pathDecimated': '{rows} of the {length} steps are shown, evenly spread.',
  'lag.byLag': 'By lag *s* − *k*',
  'lag.nothing': 'No loss has a gradient that could be summed up by lag.',
  'lag.holding': '90 % of the summed norms ‖∂ℓ_s/∂*h*_k‖ lie at lags ≤ {lag}.',
  'lag.lag': 'lag',
  'lag.mean': 'Root mean square over the losses',
  'lag.meanAxis': '‖∂ℓ_s/∂*h*_{s−lag}‖',
  'lag.cumulative': 'Share of the norms up to this lag',
  'lag.cumulativeAxis': 'share in %',
  'lag.identity': 'Does it add up?',
  'lag.identityAbout':
    'The map’s error signals times *h*_{k−1}, summed over all *s* and *k*, must give ∂*L*/∂*W*_h.',
  'lag.identityGood': 'relative error: it adds up.',
  'lag.identityBad': 'relative error: it does not add up.',
  'lag.identityLosses': '(Losses sent back one by one: {losses}.)',
  'lag.identityNone': 'No loss was computed, so there is nothing to add up.',
  'lag.identityTooLarge':
    'Sending every loss back one by one in float64 would take too long at this size; fewer steps or units make it possible.',
} as const;
