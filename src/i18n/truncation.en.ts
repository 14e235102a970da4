/** Truncation: schemes, cuts, their panel and the PyTorch pane. Markup as in timeline.en.ts. */
export const truncationEn = {
  'truncation.title': 'Truncation',
  'truncation.none': 'none',
  'truncation.chunked': 'every *k*',
  'truncation.sliding': 'sliding',
  'truncation.random': 'random',
  'truncation.reset': 'reset *h*',
  'truncation.every': 'Every *k*',
  'truncation.depth': 'Depth *k*',
  'truncation.stride': 'Every *h*′',
  'truncation.keep': 'Keep *p*',
  'truncation.seed': 'Draw',
  'truncation.newSeed': 'Draw other links',
  'truncation.reach': 'Reach',
  'truncation.steps': 'steps on average',
  'truncation.noneAbout': 'No scheme: the error goes back to a cut by hand, or to step 1.',
  'truncation.chunkedAbout':
    'detach() before each chunk of *k* steps. Values of *h* flow on; the error stops there, so a loss reaches 1 to *k* steps back.',
  'truncation.slidingAbout':
    'BPTT(*k*; *h*′) of Williams and Peng: every *h*′ steps, back over the last *k*. With *h*′ = 1 each loss reaches exactly *k* steps (or all there are).',
  'truncation.randomAbout':
    'Each link is kept with probability *p* and then multiplied by 1/*p* (ARTBP). One draw is noisy; the mean over draws is the full gradient.',
  'truncation.resetAbout':
    'Not a detach: *h* is set to zero before each chunk, so the values change, too, and nothing is remembered across.',
  'cuts.title': 'Cuts by hand',
  'cuts.none': 'None.',
  'cuts.at': 'Cut before step {step}',
  'cuts.remove': 'Mend the cut before step {step}',
  'cuts.more': 'and {count} more',
  'cuts.clear': 'Mend all',
  'cuts.add': 'Cut before {step}',
  'cuts.explain':
    'Click between two steps on the timeline to cut there. Values of h pass; gradients do not.',
  'ask.why': 'Why detach at all?',
  'ask.whyWhole':
    'Backpropagation needs *a*_t and *h*_t of every step it passes: {whole} here, and more with every step. Cuts bound that, and the time of a backward pass.',
  'ask.whyCut':
    'Backpropagation needs *a*_t and *h*_t of every step it passes. The whole sequence: {whole}. Between stops: {chunk} at most.',
  'ask.stops': 'What exactly stops?',
  'ask.stopsNothing': 'Nothing here: every *W*_h^T *δ*_t is passed on.',
  'ask.stopsWindow':
    'At no fixed place: each loss’s own error stops after {depth} steps, and the sum of all that are under way is passed on.',
  'ask.stopsHere':
    'At step {step}, only *W*_h^T *δ*_{{step}} on its way to *e*_{{before}}. The step’s own *δ*_{{step}} *h*_{{before}}^T still counts.',
  'ask.reset': 'Is the hidden state reset?',
  'ask.resetNo':
    'No. *h*_{{before}} goes on with all its values (‖*h*_{{before}}‖ = {norm}); only its history is forgotten.',
  'ask.resetWhole':
    'No, and nothing else is lost here: *h*_{{before}} goes on with all its values (‖*h*_{{before}}‖ = {norm}) and its history.',
  'ask.resetYes':
    'Yes, in this scheme: step {step} starts from zeros. That is not what detach does.',
  'ask.reach': 'Which loss reaches which step?',
  'ask.reachAnswer':
    'The loss at *t* = {step} reaches back to step {from}: {steps} steps. The mean over all losses is {mean}.',
  'ask.reachOnly':
    'The only loss is at *t* = {step}; it reaches back to step {from}: {steps} steps.',
  'ask.reachNone': 'None: no loss is computed, so nothing is sent back.',
  'ask.kind': 'Chunked or sliding?',
  'ask.kind.none':
    'Neither: nothing is truncated but by hand. PyTorch’s detach() per chunk is chunked.',
  'ask.kind.chunked':
    'Chunked, as detach() per chunk gives: losses early in a chunk reach fewer steps than *k*.',
  'ask.kind.sliding':
    'Sliding: every loss has the same depth, at the price of going back over each step many times.',
  'ask.kind.random':
    'Neither: each link is cut by chance and kept ones are scaled up, so that nothing is lost on average.',
  'ask.kind.reset':
    'Chunked, but the values are cut with the gradient: the chunks are separate sequences.',
  'bias.title': 'What it costs',
  'ask.title': 'Asked again and again',
  'bias.panel': 'Truncation',
  'bias.formula': '*e*_{t−1} = … + *W*_h^T *δ*_t, left out at a cut before *t*',
  'bias.about':
    'A cut keeps the values and drops one term of the error recursion, so the truncated ∂*L*/∂*W*_h lacks what came from further away. That is a bias, not noise: it does not average out, unless the links are cut at random and scaled.',
  'bias.nothing':
    'Nothing is truncated now: this is the full gradient. The curves show what each k would cost.',
  'bias.noGradient':
    '∂*L*/∂*W*_h is exactly zero here, so a truncation has nothing to leave out: no loss reaches a weight, or every loss lies after an overflow.',
  'bias.cosineNow': 'cos(truncated, full) of ∂*L*/∂*W*_h',
  'bias.errorNow': '‖truncated − full‖ / ‖full‖',
  'bias.measure': 'Measure',
  'bias.array': 'Gradient of',
  'bias.relativeError': 'relative error',
  'bias.cosine': 'cosine',
  'bias.alongSelf': 'slope along θ',
  'bias.dWh': '∂*L*/∂*W*_h',
  'bias.dWx': '∂*L*/∂*W*_x',
  'bias.db': '∂*L*/∂*b*',
  'bias.dh0': '∂*L*/∂*h*_0',
  'bias.chunked': 'every *k* (detach per chunk)',
  'bias.sliding': 'sliding, depth *k*',
  'bias.chart': 'Truncated against full gradient for every k; click or press Enter to use that k',
  'bias.chartTitle': 'Truncated against full {array}: {measure}, for every *k*',
  'bias.exact': 'full gradient',
  'bias.byLag': '‖part of ∂*L*/∂*W*_h‖ by lag',
  'bias.byLagAbout':
    'What a loss adds to ∂*L*/∂*W*_h that many steps earlier. Lags up to {lag} hold nine tenths of the gradient; a truncation loses what lies beyond its depth. ∂*L*/∂*W*_y and ∂*L*/∂*c* never depend on it.',
  'bias.lag': 'lag',
  'draws.title': 'Random, and right on average',
  'draws.about':
    'How far the mean *g* of *n* draws goes along the full gradient, ⟨*g*, full⟩/‖full‖²: 1 is all the way. The spread is the price, and it grows with the number of links an error must survive.',
  'draws.count': 'draws',
  'draws.result': 'After {n} draws: {mean} ± {error}; one draw has s.d. {sd}.',
  'draws.chart': 'Projection of the mean of n draws on the full gradient',
  'draws.errorChart': 'Relative error of the mean of n draws',
  'draws.n': 'draws *n*',
  'draws.projection': 'projection',
  'draws.mean': 'mean',
  'draws.upper': '+ s.e.',
  'draws.lower': '− s.e.',
  'draws.full': 'full gradient',
  'draws.error': 'relative error',
  'bias.wrongSign':
    'Wrong sign along {name}: scaling it up lowers the loss according to one gradient and raises it according to the other.',
  'bias.signLost': 'sign lost below',
  'bias.of.dWh': '*W*_h',
  'bias.of.dWx': '*W*_x',
  'bias.of.db': '*b*',
  'bias.of.dh0': '*h*_0',
} as const;
