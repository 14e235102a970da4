/** Texts of the laboratory as a whole: tabs, frames, charts. Markup as in timeline.en.ts. */
export const labEn = {
  'lab.tabs': 'Panels',
  'lab.tab.step': 'Step',
  'lab.tab.flow': 'Verdict',
  'lab.tab.train': 'Train',
  'lab.tab.surface': 'Cliff',
  'lab.tab.lag': 'Lag map',
  'lab.tab.truncation': 'Truncation',
  'lab.tab.pytorch': 'PyTorch',
  'lab.tab.spectrum': 'Spectrum',
  'lab.tab.check': 'Check',
  'lab.computing': 'Computing…',
  'lab.cancel': 'Cancel',
  'lab.cancelled': 'Cancelled.',
  'lab.tooLarge': 'This would take too long at this size. Make T, H or B smaller.',
  'lab.again': 'Again',
  'lab.exactZero': 'exactly 0',
} as const;
