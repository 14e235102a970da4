/** Texts of the panel “Verdict”. Markup as in timeline.en.ts. */
export const flowEn = {
  'flow.title': 'Verdict',
  'flow.formula': '‖∂*L*/∂*h*_k‖ ≈ *r*^{T−k} ‖∂*L*/∂*h*_T‖, *r* ≤ *γσ*_{max}(*W*_h)',
  'flow.about':
    'Each step back multiplies the error by *J*_t^T = *W*_h^T diag *f* ′(*a*_t). *r* is what a step multiplies by as measured. Where the loss sits at many steps, each adds its own error, so *r* is measured on a unit error sent back by itself.',

  'flow.measured': 'Measured',
  'flow.regime': 'Regime',
  'flow.factor': 'Factor *r* per step back',
  'flow.halfLife': 'Halves every',
  'flow.doubling': 'Doubles every',
  'flow.steps': '{count} steps',
  'flow.on': 'Measured on',
  'flow.onGradient': '‖∂*L*/∂*h*_t‖',
  'flow.onUnitError': 'unit error',
  'flow.over': 'Over the steps',
  'flow.stretch': '*t* = {to} … {from}',
  'flow.stretchCut': '*t* = {to} … {from}, up to the stop',

  'flow.compared': 'One step back, three ways to say it',
  'flow.factorSays': 'This run, on average. Never above the bound.',
  'flow.bound': '*γσ*_{max}(*W*_h) = {gamma} · {sigma}',
  'flow.boundSays':
    'The bound: no step back multiplies by more. Below 1 the error must vanish; above 1 it need not explode.',
  'flow.radius': '*ρ*(*W*_h)',
  'flow.radiusSays':
    'What *W*_h alone comes to over very many steps (*f* ′ = 1). Short products can grow first.',

  'flow.formats': 'The gradient in each number format',
  'flow.formatsCaption':
    'Steps back from *t* = {to} until the norm loses digits and until it is gone; and ‖∂*L*/∂*h*_{{from}}‖ as it would read.',
  'flow.format': 'format',
  'flow.loses': 'loses digits',
  'flow.gone': '0 or ∞',
  'flow.reads': 'reads',
  'flow.true': 'true',
  'flow.after': 'after {steps}',
  'flow.infinityAfter': '∞ after {steps}',
  'flow.zeroAfter': '0 after {steps}',
  'flow.bits': '{bits} of {of} bits',

  'flow.sent': 'A unit error, sent back by itself',
  'flow.sentFrom': 'Send back from step',
  'flow.fromPlayhead': 'from the playhead',
  'flow.drawn': 'Draw its curve on the gradient track',
  'flow.arrives': 'Arrives at *t* = {step}',
} as const;
