/** Texts of the truth badge and its panel. Markup as in timeline.en.ts. */
export const checkEn = {
  'check.title': 'Are the numbers right?',
  'check.formula': 'error = max |engine − float64| / max |float64|',
  'check.about':
    'Everything the engine computed in float32 is computed again in float64. The error is taken for each row of an array: one step of one batch entry, or one row of a weight gradient. Up to 10^{−4} is good, up to 10^{−2} fair, above that bad.',
  'check.good': 'largest relative error: good',
  'check.fair': 'largest relative error: fair',
  'check.bad': 'largest relative error: bad, at {element}',
  'check.trajectory':
    'Compared over the whole pass; two nearby trajectories do not part (largest Lyapunov exponent {exponent} per step).',
  'check.trajectoryShort': 'Compared over the whole pass.',
  'check.ownStates':
    'Nearby trajectories part (largest Lyapunov exponent {exponent} per step; float32 and float64 by {apart}), so every step is computed again from the engine’s own state before it.',
  'check.ownStatesCalm':
    'The engine’s trajectory is not the float64 one (*h*_t differs by {apart}), so every step is computed again from the engine’s own state before it.',
  'check.overflowBoth':
    'The state overflows at step {step}, in float64 too; compared are the steps before it.',
  'check.overflowApart':
    'They disagree about the overflow: engine {engine}, float64 {reference}. Compared are the steps the engine computed.',
  'check.overflowAt': 'at step {step}',
  'check.overflowNever': 'none',
  'check.array': 'Array',
  'check.values': 'Engine / float64',
  'check.error': 'Error',
  'check.showStep': 'Move the playhead there: {place}',
  'check.place.step': 'step {first}',
  'check.place.stepUnit': 'step {first}, batch entry {second}, unit {third}',
  'check.place.stepOutput': 'step {first}, batch entry {second}, output {third}',
  'check.place.unitInput': 'to unit {first}, from input {second}',
  'check.place.unitUnit': 'to unit {first}, from unit {second}',
  'check.place.outputUnit': 'to output {first}, from unit {second}',
  'check.place.unit': 'unit {first}',
  'check.place.output': 'output {first}',
  'check.place.entryUnit': 'batch entry {first}, unit {second}',
  'check.onRequest': 'At this size the check takes seconds, so it is not run after every edit.',
  'check.now': 'Check now',
  'check.tooLarge':
    'At this size the float64 reference would take too long. Choose fewer steps, units or batch entries.',
  'check.differences': 'Central differences',
  'check.differencesFormula': '(*L*(θ + ε) − *L*(θ − ε)) / 2ε,  ε = 10^{−5}',
  'check.differencesAbout':
    'The same derivatives without any backward pass: two forward passes in float64 for each of a few sampled parameters *θ*, beside the engine’s gradient. ± is what the difference itself is uncertain by; both are relative to the array’s largest gradient.',
  'check.differencesNow': 'Compute central differences',
  'check.differencesTooLarge':
    'At this size central differences would take too long. Choose fewer steps, units or batch entries.',
  'check.differenceValues': 'Difference / gradient',
  'check.uncertain':
    'The difference itself is uncertain by {uncertainty}: too much to judge the gradient by.',
  'check.parted': 'The trajectories part, so this difference cannot judge the engine’s gradient.',
  'check.unknownNote':
    '? no judgement: the difference itself is too uncertain (±), or the trajectories part.',
  'check.corrupt': 'Make the check fail',
  'check.corruptAbout': 'For developers: one value is changed before it is compared.',
  'check.corruptIndex': 'Index',
  'check.corruptNow': 'Corrupt this value',
  'check.corruptStop': 'Stop',
  'check.corrupting': 'A value is being corrupted on purpose: {array}[{index}]',
  'check.corruptPlace': 'Counted from 0; {element}: {place}.',
  'check.corruptRange':
    '{array} has {size} values here: the index is a whole number from 0 to {most}.',
  'check.corruptEmpty': '{array} has no values here.',
  'check.badge.notChecked': 'not checked',
  'check.badge.offBy': 'off by',
  'check.badge.good': 'The numbers agree with float64: largest relative error {error}.',
  'check.badge.fair': 'The numbers agree only fairly with float64: largest relative error {error}.',
  'check.badge.bad': 'A number is off by too much: {element}, off by {error} ({place}).',
  'check.badge.none': 'These numbers are not checked.',
  'check.badge.checking': 'Being checked…',
  'check.badge.opens': 'Opens the Check panel.',
  'check.announce.good': 'The numbers agree with float64.',
  'check.announce.fair': 'The numbers agree only fairly with float64.',
  'check.announce.bad': 'A number is off by too much; the Check panel says which.',
} as const;
