/** The PyTorch pane and the classic mistakes. Markup as in timeline.en.ts. */
export const pytorchEn = {
  'pytorch.title': 'The same in PyTorch',
  'pytorch.formula': 'h = h.detach()',
  'pytorch.about':
    'This program follows the settings and runs as it stands. With this page’s numbers in it, it asserts that autograd finds the same ∂*L*/∂*W*_h. The coloured lines are where a gradient or a value stops.',
  'pytorch.own': 'Program for these settings',
  'pytorch.withNumbers': 'With this page’s weights, data and gradient',
  'pytorch.tooMany': 'With this page’s numbers: only up to {most} of them, and without overflow',
  'pytorch.failed': 'The gradient could not be computed; change anything to try again.',
  'pytorch.copy': 'Copy',
  'pytorch.download': 'Download',
  'pytorch.copied': 'Copied.',
  'pytorch.refused': 'The browser does not allow copying; select the text instead.',
  'mistake.title': 'Classic mistakes',
  'mistake.noDetach': 'No detach between chunks',
  'mistake.noDetachAbout':
    'The second backward() walks into the first chunk’s graph, whose buffers are gone: “Trying to backward through the graph a second time”. retain_graph=True silences it and makes every step dearer than the last; detach() is the answer.',
  'mistake.tooLate': 'detach_() too late',
  'mistake.tooLateAbout':
    'The step that uses *h* has already recorded where *h* came from. Detach first, then compute.',
  'mistake.data': '.data in place of detach()',
  'mistake.dataAbout':
    '.data cuts, too, but hides from autograd: a later change in place gives a wrong gradient without any error. The same change through detach() is refused.',
  'mistake.reset': 'Resetting instead of detaching',
  'mistake.resetAbout':
    'Zeros stop the gradient, and with it everything the network remembered: the values of *h* differ from there on.',
  'mistake.offByOne': 'hₜ in place of hₜ₋₁',
  'mistake.offByOneAbout':
    'By hand, ∂*L*/∂*W*_h = Σ_t *δ*_t *h*_{t−1}^T. With *h*_t the numbers look just as plausible; only a gradient check finds it.',
} as const;
