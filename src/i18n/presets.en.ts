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
    'Orthogonal times 1.2, linear: exactly ×1.2 per step back. After 400 steps the gradient has grown 5 × 10^{31} times, to more than float32 holds.',
  'preset.explodingLook':
    'Look: raise *T*; the bands show what each number format loses. Forward, the state grows ×1.2 per step too: from about 460 steps on it overflows first.',
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
    'Look: choose “slope along θ” and *b* in the panel. Against *k* the slope turns right only from about 40 steps on.',
  'preset.group.training': 'Training, in under a minute',
  'preset.addingTanh': 'Adding over 100 steps: tanh stays at chance',
  'preset.addingTanhAbout':
    'A Gaussian *W*_h and tanh, Adam, fresh sequences: after 1500 updates the loss is still 1/6, that of always answering 1. The error has vanished before it reaches the marked numbers.',
  'preset.addingTanhLook':
    'Look: press Train; the loss falls to the line of chance and stays. Pin this run, then try “The same as an IRNN”.',
  'preset.addingIrnn': 'The same as an IRNN',
  'preset.addingIrnnAbout':
    'Only *f* and *W*_h differ: ReLU and the identity (Le et al. 2015). The first loss is a hundred times larger and the way is rough, but the loss ends below a third of 1/6.',
  'preset.addingIrnnLook':
    'Look: how far back the gradient reaches, and the gradient’s norm before and after clipping. Then try “The IRNN without clipping”.',
  'preset.addingUnclipped': 'The IRNN without clipping',
  'preset.addingUnclippedAbout':
    'Some early gradients have a norm of millions. Adam divides by a running root mean square, and its memory of 1000 updates keeps them: steps too small to learn, or further jumps.',
  'preset.addingUnclippedLook':
    'Look: the same start, and then a loss that stays around 1/6 or above. Set Clip norm to 1 and train again.',
  'preset.orderExplodes': 'A run that explodes',
  'preset.orderExplodesAbout':
    'A linear network learns temporal order by SGD with a bold rate. For some sixty updates it stays near ln 4, then *W*_h crosses a cliff: two updates later the state overflows float32.',
  'preset.orderExplodesLook':
    'Look: the last gradient norms before the stop. Another seed explodes sooner or later. Then try “The same, clipped”.',
  'preset.orderClipped': 'The same, clipped',
  'preset.orderClippedAbout':
    'Norm clipping at 1 (Pascanu et al. 2013) and nothing else changed: at the cliff the step keeps its direction and loses its length, and the loss falls well below ln 4.',
  'preset.orderClippedLook':
    'Look: how often the gradient is clipped. Raise Clip norm to 10, then to 100, and train again.',
  'preset.orderTruncated': 'Truncated before the answer',
  'preset.orderTruncatedAbout':
    'The loss is at step 30; the symbols that decide it are 12 to 14 and 24 to 26 steps earlier. Cut every 10 steps, the gradient sees neither: 600 updates leave the loss about where chance has it, ln 4.',
  'preset.orderTruncatedLook':
    'Look: the gradient ends at the cut before step 21. Pin this run, then try “The same, all the way back”.',
  'preset.orderFull': 'The same, all the way back',
  'preset.orderFullAbout':
    'Without truncation the same network, data and Adam learn the order of the symbols in about 300 updates: the loss ends below 0.01.',
  'preset.orderFullLook':
    'Look: the reach of the gradient grows while the loss falls. Then cut every 15 steps: only the second symbol is within reach, and the loss still falls, since the state there holds something of the first.',
  'preset.byHeart': 'Alice, by heart',
  'preset.byHeartAbout':
    'Next-character prediction on eight passages of 40 characters, the same ones in every update: on these, from 5 bits per character to about a tenth of a bit; on text it has not seen, worse than guessing.',
  'preset.byHeartLook':
    'Look: the predictions on the timeline at the first and the last network. With *H* = 8 it cannot hold them all.',
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
