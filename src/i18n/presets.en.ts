/** The examples: name, point and what to look at. Markup as in timeline.en.ts. */
export const presetsEn = {
  'preset.menu': 'Examples',
  'preset.note': 'What this example shows',
  'preset.scalar': 'Scalar chain',
  'preset.scalarAbout':
    'One linear unit with *w* = 0.5: ∂*h*_T/∂*h*_k = *w*^{T−k}, so the gradient halves at every step back.',
  'preset.scalarLook': 'Look: a straight line on the log axis. Drag the gain to 1 and past it.',
  'preset.orthogonal': 'Orthogonal, and still it decays',
  'preset.orthogonalAbout':
    'Every singular value of *W*_h is 1, so a linear network would keep the gradient’s norm. tanh′ < 1 shrinks it at each step.',
  'preset.orthogonalLook':
    'Look: the bound stays flat, the measured curve falls. Switch *f* to identity.',
  'preset.saturation': 'Saturation',
  'preset.saturationAbout':
    'ρ(*W*_h) = 3, and yet the gradient vanishes: the state is pushed to the flat ends of tanh, where *f*′(*a*_t) is almost zero.',
  'preset.saturationLook':
    'Look: the saturation track, and the bound that grows while the curve falls.',
  'preset.irnn': 'IRNN',
  'preset.irnnAbout':
    '*W*_h = *I* with ReLU (Le et al. 2015): an active unit hands its error back unchanged, a dead one hands back nothing.',
  'preset.irnnLook': 'Look: singular values of the product are 1 or exactly 0, at every depth.',
  'preset.radius': 'The spectral radius lies',
  'preset.radiusAbout':
    'ρ(*W*_h) = 0.9, and yet the gradient first grows nearly twentyfold: a non-normal matrix has σ_{max} = 5.16, and ‖*W*_h^9‖ = 19.4. It falls below 1 only at the 55th power.',
  'preset.radiusLook':
    'Look: the hump of the gradient, and the largest singular value of the product.',
  'preset.exploding': 'Exploding',
  'preset.explodingAbout':
    'Orthogonal times 1.2, linear: exactly ×1.2 per step back. After 500 steps the gradient has grown by a factor of about 10^{39}, more than float32 holds.',
  'preset.explodingLook': 'Look: raise *T*; the bands show what each number format loses.',
  'preset.chaos': 'Chaos',
  'preset.chaosAbout':
    'Gaussian *W*_h with gain 2.5: tanh keeps every |*h*| below 1, but neighbouring states part (λ_1 > 0), and the gradient explodes.',
  'preset.chaosLook':
    'Look: the Lyapunov exponents; the check then goes step by step from the engine’s own states.',
  'preset.group.flow': 'Vanishing and exploding',
  'preset.group.truncation': 'Truncation',
  'preset.group.mistakes': 'Classic mistakes around detach',
  'preset.chunks': 'Detach every 16 steps',
  'preset.chunksAbout':
    'What h = h.detach() between chunks does: values flow on, the error stops, and a loss reaches 1 to 16 steps back.',
  'preset.chunksLook':
    'Look: the dotted lines, where δ starts anew; drag *k* and watch the error of ∂*L*/∂*W*_h.',
  'preset.unbiased': 'Cut at random, right on average',
  'preset.unbiasedAbout':
    'ARTBP (Tallec and Ollivier 2017): links are kept with probability 0.9 and scaled by 1/0.9. One draw is wrong, the mean over draws is the full gradient.',
  'preset.unbiasedLook': 'Look: draw again with the dice; the mean of 4 000 draws in the panel.',
  'preset.influence': 'A truncated gradient of the wrong sign',
  'preset.influenceAbout':
    'Influence balancing (Tallec and Ollivier 2017): a change of *b* comes from 10 near units with one sign and from 13 further ones with the other. Cut at 16 steps, the gradient sees only the near ones.',
  'preset.influenceLook':
    'Look: the slope along *b* against *k*. It turns right only from about 40 steps on.',
  'preset.noDetach': 'No detach between chunks',
  'preset.noDetachAbout':
    'backward() per chunk without a detach: the graph goes back to step 1, and PyTorch refuses the second time.',
  'preset.noDetachLook':
    'Look: no cut on the timeline, and the program in the panel with PyTorch’s own words.',
  'preset.tooLate': 'detach_() too late',
  'preset.tooLateAbout':
    'The cuts that were meant, every 16 steps. Detached one step too late, the step before the cut has already been recorded, and they are not there.',
  'preset.tooLateLook':
    'Look: move a cut by one step with the mouse; the program shows what PyTorch makes of it.',
  'preset.data': '.data in place of detach()',
  'preset.dataAbout':
    'The same cuts as with detach(). What is lost is autograd’s guard against changes in place.',
  'preset.dataLook': 'Look: the program in the panel: a wrong gradient, and no error.',
  'preset.reset': 'Resetting instead of detaching',
  'preset.resetAbout':
    'Zeros at each chunk’s start cut the gradient, and the memory with it: *h* itself is another from there on.',
  'preset.resetLook':
    'Look: the blue lines, and *h*_t after them. Switch to “every *k*” to compare.',
  'preset.offByOne': '*h*_t in place of *h*_{t−1}',
  'preset.offByOneAbout':
    'By hand it is easily written: ∂*L*/∂*W*_h = Σ *δ*_t *h*_t^T. It looks plausible and is wrong.',
  'preset.offByOneLook':
    'Look: the program in the panel, and central differences under Check, which would find it.',
} as const;
