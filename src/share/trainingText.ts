import { describeValue } from '../model/describeValue';
import { OPTIMIZER_DEFAULTS, OPTIMIZERS } from '../model/optimizer';
import { DEFAULT_TRAINING, type TrainingSettings } from '../model/trainingSettings';
import { numberFromText, numberText } from './numberText';

/** adam,lr:0.003,betas:0.9/0.999,eps:1e-8,weightDecay:0,amsgrad:0,steps:1000,data:fixed */
export function trainingText({ optimizer, ...settings }: TrainingSettings): string {
  const { kind, ...hyperparameters } = optimizer;
  const parts = Object.entries({ ...hyperparameters, ...settings }).flatMap(([key, value]) => {
    // The stops and bounds that are not there are not named.
    if (value === null) return [];
    if (typeof value === 'string') return [`${key}:${value}`];
    if (typeof value === 'boolean') return [`${key}:${value ? 1 : 0}`];
    const numbers: readonly number[] = typeof value === 'number' ? [value] : value;
    return [`${key}:${numbers.map(numberText).join('/')}`];
  });
  return [kind, ...parts].join(',');
}

const BOUNDS = { clipNorm: null, clipValue: null, targetLoss: null, patience: null };

/** A draft of the settings; only the form is judged here. Absent: those of version 1. */
export function readTraining(
  text: string | undefined,
  complain: (key: string, message: string) => void,
): unknown {
  if (text === undefined) return DEFAULT_TRAINING;
  const [name, ...parts] = text.split(',');
  const kind = OPTIMIZERS.find((known) => known === name);
  if (kind === undefined) {
    const got = describeValue(name);
    complain('train', `train must begin with one of ${OPTIMIZERS.join(', ')}, got ${got}.`);
    return DEFAULT_TRAINING;
  }
  const own = ['lr', ...Object.keys(OPTIMIZER_DEFAULTS[kind])];
  const optimizer = new Map<string, unknown>([['kind', kind]]);
  const settings = new Map<string, unknown>(Object.entries(BOUNDS));
  const given = new Set<string>();
  const known = [...own, ...Object.keys(BOUNDS), 'steps', 'data'];
  for (const part of parts) {
    const [key = '', value = ''] = part.split(':', 2);
    if (!known.includes(key)) {
      complain('train', `train has parts such as lr:0.01, got ${describeValue(part)}.`);
      continue;
    }
    if (given.has(key)) complain('train', `${key} occurs twice in train.`);
    given.add(key);
    (own.includes(key) ? optimizer : settings).set(key, valueOf(key, value));
  }
  return { optimizer: Object.fromEntries(optimizer), ...Object.fromEntries(settings) };
}

const FLAGS: readonly string[] = ['nesterov', 'centered', 'amsgrad'];

function valueOf(key: string, text: string): unknown {
  if (key === 'data') return text;
  if (FLAGS.includes(key)) return text === '1' ? true : text === '0' ? false : text;
  return key === 'betas' ? text.split('/').map(numberFromText) : numberFromText(text);
}
