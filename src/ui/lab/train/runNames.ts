import type { RunConfiguration } from '../../../model/configuration';
import { sameValue } from '../../../model/sameValue';
import type { TrainingSettings } from '../../../model/trainingSettings';
import type { RunSetting, TrainingRun } from '../../../state/training/trainingRun';
import type { Translate } from '../../app/context';
import { formatCount } from '../../charts/format';
import { plainMath } from '../../charts/MathText';
import { formatNumber } from '../../controls/parseNumber';
import { differing, settingName, settingValue, type Setting } from '../compare/settings';

/** One chart draws so many runs that can be told apart, the current one among them. */
const MOST_LINES = 4;

interface RunLine {
  readonly colour: string;
  readonly dash?: string;
}

const CURRENT: RunLine = { colour: 'var(--backward)' };
const OTHERS: readonly RunLine[] = [
  { colour: 'var(--ghost-1)', dash: '6 3' },
  { colour: 'var(--ghost-2)', dash: '2 2' },
  { colour: 'var(--ghost-3)', dash: '8 3 2 3' },
];

/** Whether the losses of two runs mean the same. */
function isComparable(run: TrainingRun, current: TrainingRun | null): boolean {
  if (current === null) return true;
  const [a, b] = [run.present.configuration, current.present.configuration];
  return (
    a.loss === b.loss &&
    a.T === b.T &&
    sameValue(a.task, b.task) &&
    sameValue(a.lossPlacement, b.lossPlacement)
  );
}

/** The runs that are drawn: the current one, then the newest others of the same task and loss. */
export function drawnRuns(
  runs: readonly TrainingRun[],
  current: TrainingRun | null,
): readonly TrainingRun[] {
  const others = runs.filter(
    (run) => run !== current && !run.records.isEmpty && isComparable(run, current),
  );
  const room = MOST_LINES - (current === null ? 0 : 1);
  return [...(current === null ? [] : [current]), ...others.slice(-room)];
}

/** How a run is drawn; null where there are too many. */
export function runLine(
  run: TrainingRun,
  runs: readonly TrainingRun[],
  current: TrainingRun | null,
): RunLine | null {
  if (run === current) return CURRENT;
  const others = drawnRuns(runs, current).filter((other) => other !== current);
  return OTHERS[others.indexOf(run)] ?? null;
}

/** What tells a run from the others: how it is trained, and what else is its own. */
export function runWords(run: TrainingRun, runs: readonly TrainingRun[], text: Translate): string {
  const { training, configuration } = run.present;
  const words = [...(run.name === null ? [] : [run.name]), optimizerWords(training, text)];
  if (training.clipNorm !== null) {
    words.push(`${text('train.clipNorm')} ${formatNumber(training.clipNorm)}`);
  }
  if (run.parent !== null) {
    const { run: parent, step } = run.parent;
    words.push(text('train.runBranch', { run: parent, step: formatCount(step) }));
  } else words.push(...ownWords(configuration, runs, text));
  return words.join(' · ');
}

function optimizerWords({ optimizer }: TrainingSettings, text: Translate): string {
  const momentum =
    'momentum' in optimizer && optimizer.momentum > 0
      ? `, ${text('train.momentum')} ${formatNumber(optimizer.momentum)}`
      : '';
  return `${text(`train.${optimizer.kind}`)} ${formatNumber(optimizer.lr)}${momentum}`;
}

/** Settings in which the runs differ; at most two, which is what a line has room for. */
function ownWords(
  configuration: RunConfiguration,
  runs: readonly TrainingRun[],
  text: Translate,
): string[] {
  const differ = new Set<Setting>();
  for (const other of runs) {
    for (const setting of differing(configuration, other.present.configuration)) {
      if (setting !== 'arrays' && setting !== 'edits') differ.add(setting);
    }
  }
  return [...differ]
    .slice(0, 2)
    .map((setting) =>
      setting === 'initialiser' || setting === 'activation' || setting === 'task'
        ? settingValue(setting, configuration, text)
        : `${plainMath(settingName(setting, text))} ${settingValue(setting, configuration, text)}`,
    );
}

/** "Learning rate 0.01 → 0.003, T 48 → 96" */
export function settingChanges(before: RunSetting, after: RunSetting, text: Translate): string {
  const changes: string[] = [];
  const say = (name: string, from: string, to: string) => {
    if (from !== to) changes.push(`${name} ${from} → ${to}`);
  };
  const [a, b] = [before.training, after.training];
  const orNone = (value: number | null) => (value === null ? '–' : formatNumber(value));
  say(
    text('train.optimizer'),
    text(`train.${a.optimizer.kind}`),
    text(`train.${b.optimizer.kind}`),
  );
  say(text('train.lrName'), formatNumber(a.optimizer.lr), formatNumber(b.optimizer.lr));
  for (const key of ['clipNorm', 'clipValue', 'targetLoss', 'patience'] as const) {
    say(text(`train.${key}`), orNone(a[key]), orNone(b[key]));
  }
  say(text('train.steps'), formatCount(a.steps), formatCount(b.steps));
  say(text('train.data'), text(`train.${a.data}`), text(`train.${b.data}`));
  for (const setting of differing(before.configuration, after.configuration)) {
    // Weights change all the time, and how the first were made no longer matters.
    if (IRRELEVANT.includes(setting)) continue;
    const value = (configuration: RunConfiguration) => settingValue(setting, configuration, text);
    say(
      plainMath(settingName(setting, text)),
      value(before.configuration),
      value(after.configuration),
    );
  }
  return changes.length > 0 ? changes.join(', ') : text('train.optimizer');
}

const IRRELEVANT: readonly Setting[] = ['arrays', 'edits', 'initialiser', 'gain', 'seed'];
