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
    'Orthogonal times 1.2, linear: exactly ×1.2 per step back. After 500 steps the gradient has grown by 10^{39}, more than float32 holds.',
  'preset.explodingLook': 'Look: raise *T*; the bands show what each number format loses.',
  'preset.chaos': 'Chaos',
  'preset.chaosAbout':
    'Gaussian *W*_h with gain 2.5: tanh keeps every state below 1, but neighbouring states part (λ_1 > 0), and the gradient explodes.',
  'preset.chaosLook':
    'Look: the Lyapunov exponents; the check then goes step by step from the engine’s own states.',
} as const;
